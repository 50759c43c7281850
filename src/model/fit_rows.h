// FitRows: the training, validation or test rows of a fit, as numbers.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "dataset/dataset.h"
#include "ffwd/model.h"
#include "model/parts.h"
#include "model/preparation.h"

namespace ffwd {

template <class T>
struct FitRows {
  Matrix truth;                 ///< as Targets::truth gives it
  std::vector<double> weights;  ///< of the rows in metrics; empty = all 1
  Dataset<T> data;
};

/// The rows of `table` (found by name) that each list names. Those of several lists are made in one go.
/// @throws Error(kData) what the pipeline, the targets or the column of weights cannot read.
template <class T>
[[nodiscard]] std::vector<FitRows<T>> make_rows(const Preparation& p, const Table& table,
                                                std::span<const RowList> lists, const FitOptions& options,
                                                UnseenByColumn& unseen);

/// Validation or test rows that have a table of their own: all with a target. `verb`: "validate" or "test".
/// @throws Error(kData) also if the table has no row, or no row has a target or counts anything.
template <class T>
[[nodiscard]] FitRows<T> make_own_rows(const Preparation& p, const Table& own, std::string_view verb,
                                       const FitOptions& options, std::vector<std::string>& warnings);

/// Refuses rows of which each weighs nothing: they have no mean. `verb`: what they are for, "train".
/// @throws Error(kData)
void require_weight(std::span<const double> weights, std::string_view verb, const Table& table);

/// What the loss weighs rows by: their weights times their classes' (empty = all 1), in units of the largest weight of
/// a row, which keeps them within T; and the share of their targets that is there.
template <class T>
void set_weights(FitRows<T>& rows, std::span<const double> class_weights);

template <class T>
struct AllRows {
  FitRows<T> train, valid, test;
};

/// The rows of all parts with their weights, those of classes too. Warnings go to `p`.
/// @throws Error(kData) as the above
template <class T>
[[nodiscard]] AllRows<T> make_all_rows(Preparation& p, const Table& data, const Table* valid, const Table* test,
                                       const FitOptions& options);

}  // namespace ffwd
