// Dataset: rows × features as the engine eats them, with targets and weights.
#pragma once

#include <cstddef>

#include "core/aligned.h"
#include "kernels/layout.h"

namespace ffwd {

/// Owned, contiguous. Rows of `features` have the stride `ld`, padded with zeros. `targets` holds what
/// the loss compares each row with (a class number for categorical cross-entropy).
template <class T>
struct Dataset {
  std::size_t rows = 0;
  std::size_t n_features = 0;
  std::size_t ld = 0;
  AlignedVector<T> features;
  AlignedVector<T> targets;
  AlignedVector<T> weights;  ///< [rows], or empty when every row counts 1

  Dataset() = default;
  Dataset(std::size_t n_rows, std::size_t features_per_row)
      : rows(n_rows),
        n_features(features_per_row),
        ld(padded<T>(features_per_row)),
        features(n_rows * ld),
        targets(n_rows) {}
};

}  // namespace ffwd
