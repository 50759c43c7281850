#include "table/column_scan.h"

#include <cassert>
#include <cstdint>
#include <utility>

namespace ffwd {

namespace {

/// Whole numbers of at most 53 bits: the way through float64 loses nothing.
void store_integers(const std::vector<double>& values, Column& column) {
  column.integers.resize(values.size());
  for (std::size_t row = 0; row < values.size(); ++row) {
    if (!std::isnan(values[row])) {
      column.integers[row] = static_cast<std::int64_t>(values[row]);
      continue;
    }
    if (column.missing.empty()) column.missing.resize(values.size());
    column.missing[row] = true;
  }
}

}  // namespace

void ColumnScan::start_coding(std::string_view cell, std::string_view text) {
  coding_ = true;
  for (std::size_t row = 0; row < values_.size(); ++row) text_.add_missing();
  add_text(cell, text);
}

bool ColumnScan::has_values(const ColumnFormat& format) const {
  switch (format.type) {
    case ColumnType::kMissing:
      return !any_;
    case ColumnType::kInteger:
    case ColumnType::kNumber:
      return collecting_;
    case ColumnType::kText:
      return coding_;
    default:
      return coding_ && !has_blanks_ && infer(false).type == format.type;
  }
}

void ColumnScan::stop_collecting() {
  collecting_ = false;
  values_ = {};
}

ColumnFormat ColumnScan::infer(bool comma_is_free) const {
  if (!any_) return {ColumnType::kMissing};
  if (all_read_as(kReadsAsBoolean)) return {ColumnType::kBoolean};
  if (is_code()) return {ColumnType::kText};
  if (all_read_as(kReadsAsNumber)) {
    const bool exact = all_read_as(kReadsAsInteger) && !some_have(kBeyond64Bits);
    return {exact ? ColumnType::kInteger : ColumnType::kNumber};
  }
  if (comma_is_free && all_read_as(kReadsAsDecimalComma)) return {ColumnType::kNumber, true};
  if (all_read_as(kReadsAsDate)) return {ColumnType::kDate};
  if (all_read_as(kReadsAsTimestamp)) return {ColumnType::kTimestamp};
  return {ColumnType::kText};
}

ColumnFormat ColumnScan::force(ColumnType type, bool comma_is_free) const {
  if (type != ColumnType::kInteger && type != ColumnType::kNumber) return {type};
  const bool exact = all_read_as(kReadsAsInteger) && !some_have(kBeyond64Bits);
  if (type == ColumnType::kInteger && exact) return {type};
  const bool comma = comma_is_free && some_have(kHasDecimalComma);
  return {ColumnType::kNumber, comma};
}

Column ColumnScan::take(std::string name, ColumnType type) && {
  assert(has_values({type}));
  Column column;
  column.name = std::move(name);
  column.type = type;
  if (coding_) {
    column.text = std::move(text_).take();
    column.n_rows = column.text.codes.size();
    coding_ = false;
    return column;
  }
  column.n_rows = values_.size();
  if (type == ColumnType::kInteger) store_integers(values_, column);
  if (type == ColumnType::kNumber) column.numbers = std::move(values_);
  stop_collecting();
  return column;
}

bool ColumnScan::is_code() const { return any_ && all_read_as(kReadsAsNumber) && some_have(kHasLeadingZeros); }

bool ColumnScan::is_beyond_64_bits() const { return any_ && all_read_as(kReadsAsInteger) && some_have(kBeyond64Bits); }

}  // namespace ffwd
