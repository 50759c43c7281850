#include "table/table_json.h"

#include <algorithm>
#include <cmath>

namespace ffwd {

namespace {

Json number_json(double value) {
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  return std::isnan(value) ? Json(nullptr) : Json(value);
}

Json value_json(const Column& column, std::size_t row) {
  if (column.is_missing(row)) return nullptr;
  switch (column.type) {
    case ColumnType::kInteger:
      return column.integers[row];
    case ColumnType::kNumber:
      return number_json(column.numbers[row]);
    case ColumnType::kBoolean:
      return column.number(row) != 0.0;
    default:
      return column.text.levels[static_cast<std::size_t>(column.text.codes[row])];
  }
}

/// Adds min, max and mean. The mean is null where it is not finite.
void describe_numbers(const Column& column, Json& json) {
  const std::size_t n = column.n_rows - column.n_missing();
  std::optional<std::size_t> least, most;  // rows; integers are compared as such, beyond 2^53 too
  double sum = 0.0;
  const auto less = [&](std::size_t a, std::size_t b) {
    return column.type == ColumnType::kInteger ? column.integers[a] < column.integers[b]
                                               : column.numbers[a] < column.numbers[b];
  };
  for (std::size_t row = 0; row < column.n_rows; ++row) {
    if (column.is_missing(row)) continue;
    if (!least || less(row, *least)) least = row;
    if (!most || less(*most, row)) most = row;
    sum += column.number(row);
  }
  json["min"] = least ? value_json(column, *least) : Json(nullptr);
  json["max"] = most ? value_json(column, *most) : Json(nullptr);
  json["mean"] = n > 0 && std::isfinite(sum) ? Json(sum / static_cast<double>(n)) : Json(nullptr);
}

Json column_json(const Column& column, bool values) {
  Json json = {{"name", column.name}, {"type", to_string(column.type)}, {"missing", column.n_missing()}};
  if (column.type == ColumnType::kText) json["distinct"] = column.text.levels.size();
  if (column.type == ColumnType::kInteger || column.type == ColumnType::kNumber) describe_numbers(column, json);
  if (!values) return json;
  Json all = Json::array();
  for (std::size_t row = 0; row < column.n_rows; ++row) all.push_back(value_json(column, row));
  json["values"] = std::move(all);
  return json;
}

}  // namespace

Json table_json(const Table& table, bool values) {
  Json columns = Json::array();
  for (const Column& column : table.columns()) columns.push_back(column_json(column, values));
  return {{"rows", table.n_rows()},
          {"delimiter", table.delimiter != 0 ? Json(std::string(1, table.delimiter)) : Json(nullptr)},
          {"warnings", table.warnings},
          {"columns", std::move(columns)}};
}

}  // namespace ffwd
