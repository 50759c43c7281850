// Plan: a network compiled for one precision: ordered fused steps over one arena. Compiled once; a training step or a
// prediction walks the steps, and nothing in it allocates, locks or looks anything up by name.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "kernels/kernels.h"
#include "plan/parameters.h"

namespace ffwd {

/// Rows that go through a plan at once. Larger batches are cut into shards of this size, whose gradients are added in
/// their order: the cut does not depend on the number of threads, so neither does any bit of the sum.
inline constexpr std::size_t kShardRows = 256;

/// What a layer computes for each row: where its numbers lie in the arena, with `capacity` rows of stride `ld`.
struct Value {
  std::size_t units = 0;
  std::size_t ld = 0;
  std::size_t a = 0;  ///< arena offset of the unit's outputs
  std::size_t z = 0;  ///< of the unit's inputs; equal to `a` unless the unit's slope needs them
  std::size_t d = 0;  ///< of the loss's derivative with respect to z
  bool is_input = false;
  const UnitRow* unit = nullptr;
  double unit_parameter = 0;
};

/// All that the steps of one pass over up to `capacity` rows read and write. Only the caller owns memory.
template <class T>
struct Frame {
  std::size_t rows = 0;
  const T* parameters = nullptr;
  const T* transposed = nullptr;  ///< from Plan::prepare; only backward reads it
  T* arena = nullptr;
  T* gradient = nullptr;  ///< backward overwrites it
  const T* input = nullptr;
  std::size_t input_ld = 0;  ///< rows of the input are aligned and padded with zeros like all others
};

/// One fused piece of work. Layers make steps; steps call kernels.
template <class T>
class Step {
 public:
  virtual ~Step() = default;
  /// Refreshes what is derived from the parameters and kept in `transposed`.
  virtual void prepare(const T* /*parameters*/, T* /*transposed*/) const {}
  virtual void forward(const Frame<T>& frame) const = 0;
  /// Given d of its own value: its parameters' gradient, and d of the value it reads.
  virtual void backward(const Frame<T>& frame) const = 0;
};

template <class T>
class Plan {
 public:
  [[nodiscard]] const ParameterLayout& layout() const { return layout_; }
  [[nodiscard]] std::size_t capacity() const { return capacity_; }
  [[nodiscard]] std::size_t n_inputs() const { return input_.units; }
  [[nodiscard]] const Value& output() const { return output_; }
  /// Numbers of scratch memory for one frame, and for the transposed weights that all frames share.
  [[nodiscard]] std::size_t arena_size() const { return arena_size_; }
  [[nodiscard]] std::size_t transposed_size() const { return transposed_size_; }
  /// Where `forward` leaves the raw outputs, and where `backward` expects the loss's derivative with respect to them;
  /// rows have the stride output().ld.
  [[nodiscard]] T* outputs(const Frame<T>& frame) const { return frame.arena + output_.a; }
  [[nodiscard]] T* output_gradient(const Frame<T>& frame) const { return frame.arena + output_.d; }

  void prepare(const T* parameters, T* transposed) const;
  void forward(const Frame<T>& frame) const;
  void backward(const Frame<T>& frame) const;

 private:
  template <class>
  friend class PlanBuilder;
  ParameterLayout layout_;
  Value input_, output_;
  std::size_t capacity_ = 0;
  std::size_t arena_size_ = 0;
  std::size_t transposed_size_ = 0;
  std::vector<std::unique_ptr<Step<T>>> steps_;
};

/// What layers lower themselves to.
template <class T>
class PlanBuilder {
 public:
  /// `capacity`: rows per pass, 1 … kShardRows.
  explicit PlanBuilder(std::size_t capacity) { plan_.capacity_ = capacity; }

  Value add_input(std::size_t units);
  /// Room for a layer's numbers. A single unit that only the loss reads lies dense, one number a row, so that losses
  /// keep a lane per row.
  Value add_value(std::size_t units, const UnitRow& unit, bool feeds_loss);
  /// Room among the transposed weights; returns the offset.
  std::size_t add_transposed(std::size_t numbers);
  ParameterLayout& layout() { return plan_.layout_; }
  void add_step(std::unique_ptr<Step<T>> step) { plan_.steps_.push_back(std::move(step)); }
  [[nodiscard]] Plan<T> finish(const Value& output);

 private:
  std::size_t add_buffer(std::size_t ld);
  Plan<T> plan_;
};

}  // namespace ffwd
