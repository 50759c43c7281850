// Plan: a network compiled for one precision: ordered fused steps over one arena. Compiled once; a training step or a
// prediction walks the steps, and nothing in it allocates, locks or looks anything up by name.
#pragma once

#include <cstddef>
#include <cstdint>
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
  std::size_t a = 0;      ///< arena offset of the unit's outputs
  std::size_t z = 0;      ///< of the unit's inputs; equal to `a` unless the unit's slope needs them
  std::size_t d = 0;      ///< of the loss's derivative with respect to z
  bool is_input = false;  ///< lies in Frame::input, which any step may read but not all can: see PlanBuilder::add_input
  const UnitRow* unit = nullptr;  ///< the one that made it and whose slope its last reader multiplies by
  double unit_parameter = 0;
};

/// A value as one step reads it. Backward walks the steps from the end; the derivatives that the readers of a value
/// hand back are added in that order.
struct Reading {
  Value value;
  bool wanted = true;  ///< its derivative is asked for at all
  bool adds = false;   ///< readers before have left theirs; else this one's overwrites
  bool last = true;    ///< none comes after: multiplies the sum by the slope of the value's unit
};

/// All that the steps of one pass over up to `capacity` rows read and write. Only the caller owns memory. The tangents
/// of all this are a second frame of the same sizes: what lies at an offset here has its tangent at that offset there.
template <class T>
struct Frame {
  std::size_t rows = 0;
  const T* parameters = nullptr;  ///< in a frame of tangents null is zero, and so is null input
  const T* transposed = nullptr;  ///< from Plan::prepare; only backward reads it
  T* arena = nullptr;
  T* gradient = nullptr;  ///< backward overwrites it
  const T* input = nullptr;
  std::size_t input_ld = 0;  ///< rows of the input are aligned and padded with zeros like all others
  bool same_input = false;   ///< as in the pass before through this arena: what was made of it there still holds
  /// While training: the rows' numbers in the data set, by which dropout draws; null: nothing is dropped.
  const std::uint32_t* row_numbers = nullptr;
  std::uint64_t seed = 0;
  std::uint32_t epoch = 0;
  unsigned threads = 1;  ///< that may share a large product among them; training only
};

struct DenseLink;

/// One fused piece of work. Layers make steps; steps call kernels. Each states four rules. With f the pass and dot its
/// tangents along some direction of parameters and input:
template <class T>
class Step {
 public:
  virtual ~Step() = default;
  /// Refreshes what is derived from the parameters and kept in `transposed`.
  virtual void prepare(const T* /*parameters*/, T* /*transposed*/, unsigned /*threads*/) const {}
  virtual void forward(const Frame<T>& f) const = 0;
  /// Given d of its own value: its parameters' gradient, and d of the values it reads.
  virtual void backward(const Frame<T>& f) const = 0;
  /// Of the only step of a plan: Plan::pass.
  virtual void pass(const Frame<T>& f, LossFunction<T> loss, const LossBatch<T>& batch) const {
    forward(f);
    loss(batch);
    backward(f);
  }
  /// Of the only step of a plan: Plan::descends, Plan::descend.
  [[nodiscard]] virtual bool descends() const { return false; }
  virtual std::size_t descend(RowDescent<T>& /*run*/) const { return 0; }
  /// After forward, given the tangents of what it reads: the tangent of its own value.
  virtual void tangent(const Frame<T>& f, const Frame<T>& dot) const = 0;
  /// After backward and tangent, given the tangent of d of its own value: that of its parameters' gradient, and that
  /// of d of the values it reads.
  virtual void tangent_of_backward(const Frame<T>& f, const Frame<T>& dot) const = 0;
  /// What a dense step multiplies, so that the builder can fuse several; null of others.
  [[nodiscard]] virtual const DenseLink* dense_link() const { return nullptr; }
};

/// What a plan is compiled for.
enum class PlanUse {
  kTraining,     ///< units are fused into the products; parameters' gradients, not the input's
  kDerivatives,  ///< every unit is a step of its own; all four rules, and the derivative with respect to the input
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

  /// The loss's derivative with respect to the input, rows of stride padded<T>(n_inputs()); after backward, of a plan
  /// for derivatives.
  [[nodiscard]] const T* input_gradient(const Frame<T>& frame) const { return frame.arena + input_.d; }

  void prepare(const T* parameters, T* transposed, unsigned threads = 1) const;
  void forward(const Frame<T>& frame) const;
  void backward(const Frame<T>& frame) const;
  /// Forward, the loss of what came out, which leaves its derivative where backward expects it, and backward.
  void pass(const Frame<T>& frame, LossFunction<T> loss, const LossBatch<T>& batch) const;
  /// Whether it can learn from row after row in one go, which spares small networks most of a step's time; and that:
  /// all of `run` but its layers is set. As `pass` and a step of descent for each row, to the bit.
  [[nodiscard]] bool descends() const { return steps_.size() == 1 && steps_.front()->descends(); }
  std::size_t descend(RowDescent<T>& run) const { return steps_.front()->descend(run); }
  /// As of Step; only of a plan for derivatives.
  void tangent(const Frame<T>& frame, const Frame<T>& dot) const;
  void tangent_of_backward(const Frame<T>& frame, const Frame<T>& dot) const;

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
  /// `fixed`: the parameters of which all passes will be made, forward ones; steps may hold what they need of them, in
  /// the form they like best, but not the pointer. Null: any, in any direction.
  explicit PlanBuilder(std::size_t capacity, PlanUse use = PlanUse::kTraining, const T* fixed = nullptr)
      : use_(use), fixed_(fixed) {
    plan_.capacity_ = capacity;
  }
  [[nodiscard]] PlanUse use() const { return use_; }
  [[nodiscard]] std::size_t capacity() const { return plan_.capacity_; }
  [[nodiscard]] const T* fixed_parameters() const { return fixed_; }
  /// Null where there is none yet.
  [[nodiscard]] Step<T>* last_step() const { return plan_.steps_.empty() ? nullptr : plan_.steps_.back().get(); }

  /// The frame's input. Steps over whole values expect them in the arena: they read a copy (add_slice_step).
  Reading add_input(std::size_t units);
  /// Room for a layer's numbers. A single unit that only the loss reads lies dense, one number a row, so that losses
  /// keep a lane per row.
  Value add_value(std::size_t units, const UnitRow& unit, bool feeds_loss);
  /// A value of the identity unit.
  Value add_plain_value(std::size_t units, bool feeds_loss = false);
  /// Room for numbers that a step keeps for itself; returns the arena offset.
  std::size_t add_scratch(std::size_t numbers);
  /// A number of its own for each step that draws random numbers.
  std::uint64_t add_stream() { return n_streams_++; }
  /// Room among the transposed weights; returns the offset.
  std::size_t add_transposed(std::size_t numbers);
  ParameterLayout& layout() { return plan_.layout_; }
  void add_step(std::unique_ptr<Step<T>> step) { plan_.steps_.push_back(std::move(step)); }
  [[nodiscard]] Plan<T> finish(const Value& output);

 private:
  std::size_t add_buffer(std::size_t ld);
  PlanUse use_;
  const T* fixed_;
  std::uint64_t n_streams_ = 0;
  Plan<T> plan_;
};

}  // namespace ffwd
