// Parameters: one contiguous vector with named, shaped ranges. Gradients and optimiser state have the same layout.
//
// In memory each tensor starts on a 64-byte block and its rows are padded with zeros (kernels/layout.h); a wide layer
// keeps its weights as [inputs, outputs], a narrow one as [outputs, inputs]. Files and users see [outputs, inputs].
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "kernels/units.h"

namespace ffwd {

enum class ParameterKind {
  kWeight,  ///< of an edge between units: penalties are for these
  kBias,
  kOther,      ///< slopes, scales, centres, widths: never penalised
  kStatistic,  ///< not learned but measured while training, a constant to all derivatives; see train/statistics.h
};

struct ParameterRange {
  std::string name;                ///< "hidden1.weight"
  std::vector<std::size_t> shape;  ///< as files and users see it: [outputs, inputs] or [outputs], after [pieces]
  std::size_t offset = 0;          ///< of the first number in the vector
  std::size_t ld = 0;              ///< numbers from one stored row to the next
  bool matrix = false;             ///< the last two of the shape are stored as rows; else the last one is
  bool transposed = false;         ///< a matrix is stored as [inputs, outputs]
  ParameterKind kind = ParameterKind::kOther;
  /// Where it starts: matrices, and what has a fan_in, at random as `init` says, others at `initial`; a variance over 0
  /// overrules both.
  InitRule init = InitRule::kHe;
  double initial = 0, variance = 0;
  bool at_least_zero = false;
  double momentum = 0;  ///< of a statistic: the share that a batch has in it, once there have been some
  double fan_in = 0;    ///< of weights that only some edges have: edges to a unit, in the mean
  /// Of weights that only some edges have: where in the range each number stands, and how many numbers that takes.
  std::vector<std::size_t> positions{};
  std::size_t sparse_stored = 0;

  [[nodiscard]] bool penalised() const { return kind == ParameterKind::kWeight; }
  [[nodiscard]] bool learned() const { return kind != ParameterKind::kStatistic; }
  [[nodiscard]] std::size_t n_values() const;
  /// Numbers it takes in the vector, padding included.
  [[nodiscard]] std::size_t stored() const;
  /// Where the value with this index into the row-major `shape` is stored.
  [[nodiscard]] std::size_t position(std::size_t index) const;
};

class ParameterLayout {
 public:
  /// Adds a weight matrix or a bias vector; `lanes` is kLanes of the precision. Returns the offset.
  std::size_t add_weight(std::string name, std::size_t outputs, std::size_t inputs, bool transposed, InitRule init,
                         std::size_t lanes);
  std::size_t add_bias(std::string name, std::size_t outputs, std::size_t lanes);
  /// Adds any range; its offset is set here. Returns the offset.
  std::size_t add(ParameterRange range);

  [[nodiscard]] std::span<const ParameterRange> ranges() const { return ranges_; }
  /// Numbers in the vector, padding included: whole blocks.
  [[nodiscard]] std::size_t size() const { return size_; }
  /// Numbers without padding.
  [[nodiscard]] std::size_t n_values() const;

  /// Copies one range out of, or into, the padded vector; `values` are in the row-major order of `shape`.
  template <class T>
  void read(const ParameterRange& range, const T* parameters, std::span<T> values) const;
  template <class T>
  void write(const ParameterRange& range, std::span<const T> values, T* parameters) const;

 private:
  std::vector<ParameterRange> ranges_;
  std::size_t size_ = 0;
};

}  // namespace ffwd
