#include "pipeline/number_reader.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ffwd {

namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

}  // namespace

void NumberReader::read(std::span<const RowIndex> rows, std::span<double> out) {
  switch (column_->type) {
    case ColumnType::kInteger:
      return read_integers(rows, out);
    case ColumnType::kBoolean:
      return read_booleans(rows, out);
    case ColumnType::kNumber:
      // + 0.0 makes -0 a 0: equal numbers have equal bits from here on.
      for (std::size_t i = 0; i < rows.size(); ++i) out[i] = column_->numbers[rows[i]] + 0.0;
      return;
    default:
      std::fill_n(out.begin(), rows.size(), kMissing);
  }
}

void NumberReader::read_integers(std::span<const RowIndex> rows, std::span<double> out) const {
  for (std::size_t i = 0; i < rows.size(); ++i) out[i] = static_cast<double>(column_->integers[rows[i]]);
  if (column_->missing.empty()) return;
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (column_->missing[rows[i]]) out[i] = kMissing;
}

void NumberReader::read_booleans(std::span<const RowIndex> rows, std::span<double> out) {
  of_level_.resize(column_->text.levels.size(), kMissing);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::int32_t code = column_->text.codes[rows[i]];
    if (code < 0) {
      out[i] = kMissing;
      continue;
    }
    double& value = of_level_[static_cast<std::size_t>(code)];
    if (std::isnan(value)) value = column_->number(rows[i]);
    out[i] = value;
  }
}

}  // namespace ffwd
