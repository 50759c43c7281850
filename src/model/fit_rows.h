// FitRows: the training, validation or test rows of a fit, as numbers.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "dataset/dataset.h"
#include "ffwd/model.h"
#include "model/preparation.h"

namespace ffwd {

template <class T>
struct FitRows {
  Matrix truth;                 ///< as Targets::truth gives it
  std::vector<double> weights;  ///< of the rows in metrics; empty = all 1
  Dataset<T> data;
};

/// The rows of `table` (found by name) that `rows` names.
/// @throws Error(kData) what the pipeline, the targets or the column of weights cannot read.
template <class T>
[[nodiscard]] FitRows<T> make_rows(const Preparation& p, const Table& table, std::span<const RowIndex> rows,
                                   const FitOptions& options, UnseenByColumn& unseen);

/// Validation or test rows: those of a table of its own, if there is one, else those that `cut` names in `data`.
/// @throws Error(kData) also if there is no row.
template <class T>
[[nodiscard]] FitRows<T> make_held_out(const Preparation& p, const Table& data, std::span<const RowIndex> cut,
                                       const Table* own, const FitOptions& options, std::vector<std::string>& warnings);

/// What the loss weighs rows by: their weights times their classes' (empty = all 1), divided by `unit`, which keeps
/// them within T; and the share of their targets that is there.
template <class T>
void set_weights(FitRows<T>& rows, std::span<const double> class_weights, double unit);

}  // namespace ffwd
