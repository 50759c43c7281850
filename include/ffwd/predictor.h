// Predictor: a model's answers for one row at a time, for programs that cannot wait.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <variant>

#include "ffwd/model.h"

namespace ffwd {

/// One cell of a row: missing, a number (a boolean is 0 or 1), or a text, date or timestamp as it would stand in a
/// file. A text is taken as it is: "NA" and "" are texts here, and blanks around it count; give nothing for what is
/// missing.
using Cell = std::variant<std::monostate, double, std::string_view>;

/// Gives the same bits as Model::predict, of which it is the fast way for single rows: once made it allocates, locks
/// and looks up nothing, but for texts longer than any before. Not shared between threads: make one for each.
class Predictor {
 public:
  /// Keeps what it needs of the model alive.
  explicit Predictor(const Model& model);
  Predictor(Predictor&&) noexcept;
  Predictor& operator=(Predictor&&) noexcept;
  ~Predictor();

  /// `row`: a cell for each of Model::features(), in their order. The result, named as Model::answers() does, holds
  /// until the next call.
  /// @throws Error(kUsage) another number of cells than there are features, or a text for a number or the reverse.
  /// @throws Error(kData) an infinite number, or a cell that cannot be read as what its column was in training.
  /// @throws Error(kModel) weights so large that an answer is not finite.
  [[nodiscard]] std::span<const double> predict(std::span<const Cell> row);
  /// The same for a model whose features are all numbers or booleans; NaN is missing.
  [[nodiscard]] std::span<const double> predict(std::span<const double> row);

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace ffwd
