// Predictions as a table: what write_prediction_csv (cli/prediction_csv.h) writes, with the types that its cells have.
#pragma once

#include <cstddef>
#include <span>

#include "ffwd/model.h"
#include "ffwd/table.h"

namespace ffwd {

/// The columns `keep` of `table`, then `prediction` and what else Model::answers() names. Class names that
/// are all integers, numbers, true and false, dates or timestamps make such a column.
/// @throws Error(kUsage) a kept column has the name of one that is added.
[[nodiscard]] Table prediction_table(const Model& model, const Table& table, const Prediction& prediction,
                                     std::span<const std::size_t> keep);

}  // namespace ffwd
