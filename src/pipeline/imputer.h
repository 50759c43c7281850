// Imputer: what a missing cell of a column of numbers is taken for.
#pragma once

#include <span>

namespace ffwd {

struct Imputer {
  double median = 0.0;         ///< of the training cells; 0 if all were missing
  bool marks_missing = false;  ///< training had missing cells: a further feature is 1 where the cell is missing

  /// `cells`: finite, or NaN for a missing one. Reorders them.
  static Imputer fit(std::span<double> cells);

  /// The cell, or the median for NaN.
  [[nodiscard]] double fill(double cell) const { return cell != cell ? median : cell; }
};

}  // namespace ffwd
