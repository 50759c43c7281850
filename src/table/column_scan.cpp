#include "table/column_scan.h"

#include <cassert>
#include <cmath>
#include <cstdint>
#include <utility>

#include "core/large_pages.h"

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

ColumnScan ColumnScan::of_texts() {
  ColumnScan scan;
  scan.start_coding();
  return scan;
}

void ColumnScan::restart_after(const ColumnScan& before) {
  values_.clear();
  text_ = TextCoder();
  common_ = before.common_;
  facts_ = before.facts_;
  noted_ = 0;
  any_ = before.any_;
  keeps_ = before.keeps_;
  has_blanks_ = false;
}

void ColumnScan::append(const ColumnScan& next) {
  append_kept(next);
  any_ = any_ || next.any_;
  common_ &= next.common_;
  add_facts(next.facts_);
  has_blanks_ = has_blanks_ || next.has_blanks_;
}

void ColumnScan::append_kept(const ColumnScan& next) {
  if (keeps_ == Keeps::kTexts && next.keeps_ == Keeps::kNumbers && !next.any_) {
    text_.add_missing(next.values_.size());
    return;
  }
  if (keeps_ == Keeps::kNumbers && !any_ && next.keeps_ == Keeps::kTexts) start_coding();
  if (keeps_ != next.keeps_) return keep_nothing();
  if (keeps_ == Keeps::kNumbers) values_.insert(values_.end(), next.values_.begin(), next.values_.end());
  if (keeps_ == Keeps::kTexts) text_.append(next.text_);
}

void ColumnScan::reserve(std::size_t n_rows) {
  if (keeps_ == Keeps::kTexts) text_.reserve(n_rows);
  if (keeps_ != Keeps::kNumbers || n_rows <= values_.capacity()) return;
  values_.reserve(n_rows);
  double* const free = values_.data() + values_.size();
  prefer_large_pages(free, (values_.capacity() - values_.size()) * sizeof(double));
}

void ColumnScan::add_other(std::string_view cell, std::string_view text) {
  const bool is_first = !any_;
  const CellReading reading = read_long_cell(cell);
  note(reading.readings);
  if (!std::isnan(reading.value)) {
    values_.push_back(reading.value);
    return;
  }
  if (!is_first || (reading.readings & kReadsAsAnyNumber) != 0) return keep_nothing();
  start_coding();
  add_text(cell, text);
}

void ColumnScan::start_coding() {
  keeps_ = Keeps::kTexts;
  text_.add_missing(values_.size());
  values_ = {};
}

void ColumnScan::keep_nothing() {
  keeps_ = Keeps::kNothing;
  values_ = {};
  text_ = TextCoder();
}

bool ColumnScan::has_values(const ColumnFormat& format) const {
  switch (format.type) {
    case ColumnType::kMissing:
      return !any_;
    case ColumnType::kInteger:
    case ColumnType::kNumber:
      return keeps_ == Keeps::kNumbers;
    case ColumnType::kText:
      return keeps_ == Keeps::kTexts;
    default:
      return keeps_ == Keeps::kTexts && !has_blanks_ && infer(false).type == format.type;
  }
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
  if (keeps_ == Keeps::kTexts) {
    column.text = std::move(text_).take();
    column.n_rows = column.text.codes.size();
    keep_nothing();
    return column;
  }
  column.n_rows = values_.size();
  if (type == ColumnType::kInteger) store_integers(values_, column);
  if (type == ColumnType::kNumber) column.numbers = std::move(values_);
  keep_nothing();
  return column;
}

bool ColumnScan::is_code() const { return any_ && all_read_as(kReadsAsNumber) && some_have(kHasLeadingZeros); }

bool ColumnScan::is_beyond_64_bits() const { return any_ && all_read_as(kReadsAsInteger) && some_have(kBeyond64Bits); }

}  // namespace ffwd
