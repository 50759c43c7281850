// Predictions as CSV.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ffwd/model.h"
#include "ffwd/table.h"

namespace ffwd {

/// The names of the columns `keep`, for classes `prediction`, and Model::answers().
/// @throws Error(kUsage) a kept column has the name of one that is added.
[[nodiscard]] std::vector<std::string> prediction_header(const Model& model, const Table& table,
                                                         std::span<const std::size_t> keep);

/// Writes a header and one line per row of `table`, in order: the columns `keep` as the file wrote them, `prediction`
/// (the value, or the name of the most probable class) and what else Model::answers() names. Numbers read back to the
/// same bits. `write` gets the text in pieces; no cell is held twice.
/// @throws Error(kUsage) a kept column has the name of one that is added.
void write_prediction_csv(const Model& model, const Table& table, const Prediction& prediction,
                          std::span<const std::size_t> keep, const std::function<void(std::string_view)>& write);

}  // namespace ffwd
