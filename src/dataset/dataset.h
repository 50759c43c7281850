// Dataset: rows × features as the engine eats them, with targets and weights.
#pragma once

#include <cstddef>

#include "core/aligned.h"
#include "kernels/layout.h"

namespace ffwd {

/// Owned, contiguous. Rows of `features` have the stride `ld`, padded with zeros. `targets` holds what the loss
/// compares each row with: a number or class number, stride 1; or several numbers, of which some may be NaN (not
/// there), in whole blocks of stride `targets_ld`, padded with zeros.
template <class T>
struct Dataset {
  std::size_t rows = 0;
  std::size_t n_features = 0;
  std::size_t ld = 0;
  std::size_t targets_ld = 1;
  AlignedVector<T> features;
  AlignedVector<T> targets;
  AlignedVector<T> weights;  ///< [rows], or empty when every row counts 1
  /// [rows]: what a row adds to the weight that the mean loss is divided by, its weight times the share of its targets
  /// that are there; empty where that is the weight.
  AlignedVector<T> masses;

  Dataset() = default;
  Dataset(std::size_t n_rows, std::size_t features_per_row, std::size_t n_targets = 1)
      : rows(n_rows),
        n_features(features_per_row),
        ld(padded<T>(features_per_row)),
        targets_ld(n_targets == 1 ? 1 : padded<T>(n_targets)),
        features(n_rows * ld),
        targets(n_rows * targets_ld) {}

  [[nodiscard]] const AlignedVector<T>& mass() const { return masses.empty() ? weights : masses; }
};

}  // namespace ffwd
