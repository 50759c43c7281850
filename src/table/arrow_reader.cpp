#include "table/arrow_reader.h"

#include <fmt/format.h>

#include <limits>
#include <string_view>
#include <utility>

#include "core/names.h"
#include "core/raise.h"
#include "core/utf8.h"
#include "table/declared_type.h"

namespace ffwd {

namespace {

constexpr std::int64_t kMostColumns = 100'000;  // as in a CSV file
constexpr std::size_t kMostRows = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t kMostReasonBytes = 300;

}  // namespace

ArrowBatches::ArrowBatches(ArrowArrayStream& stream, std::string source, std::vector<ArrowKnown> known,
                           std::size_t first_row)
    : source_(std::move(source)), known_(std::move(known)), first_row_(first_row) {
  *stream_ = stream;
  stream.release = nullptr;  // moved, as the interface says it
  read_schema();
  start_columns();
  for (const ArrowColumn& column : columns_)
    if (!column.is_readable()) warnings_.push_back(column.refusal());
}

void ArrowBatches::refuse(std::string what) const {
  raise({.kind = ErrorKind::kData,
         .what = std::move(what),
         .where = source_,
         .fix = "write the table again; it may be damaged, or cut off"});
}

void ArrowBatches::check(int code) {
  if (code == 0) return;
  const char* const reason = stream_->get_last_error == nullptr ? nullptr : stream_->get_last_error(stream_.get());
  refuse(fmt::format("cannot be read: {}", shorten(reason == nullptr ? "no reason given" : reason, kMostReasonBytes)));
}

void ArrowBatches::read_schema() {
  check(stream_->get_schema(stream_.get(), schema_.get()));
  const ArrowSchema& schema = *schema_;
  const bool is_table = schema.format != nullptr && std::string_view(schema.format) == "+s";
  if (!is_table || schema.n_children < 0 || (schema.n_children > 0 && schema.children == nullptr))
    refuse("the arrays are no columns of a table");
  if (schema.n_children > kMostColumns)
    refuse(fmt::format("{} columns are more than {}", schema.n_children, kMostColumns));
  const auto n = static_cast<std::size_t>(schema.n_children);
  for (std::size_t k = 0; k < n; ++k)
    if (schema.children[k] == nullptr) refuse("a column's description is not there");
  if (known_.empty())
    for (std::size_t k = 0; k < n; ++k) known_.push_back({.name = name_of(*schema.children[k], k)});
  if (known_.size() != n) refuse("the arrays are of other columns than were asked for");
}

std::string ArrowBatches::name_of(const ArrowSchema& field, std::size_t k) {
  std::string name = field.name == nullptr ? "" : field.name;
  if (valid_utf8_prefix(name) != name.size()) refuse(fmt::format("the name of column {} is not UTF-8", k + 1));
  if (!name.empty()) return name;
  warnings_.push_back(fmt::format("column {0} has no name; called 'column_{0}'", k + 1));
  return fmt::format("column_{}", k + 1);
}

void ArrowBatches::start_columns() {
  columns_.clear();
  for (std::size_t k = 0; k < known_.size(); ++k) {
    columns_.emplace_back(ArrowPlace{source_, known_[k].name, first_row_}, *schema_->children[k]);
    if (known_[k].beyond_64_bits) columns_.back().expect_beyond_64_bits();
  }
}

void ArrowBatches::reserve(std::size_t n_rows) {
  for (ArrowColumn& column : columns_) column.reserve(n_rows);
}

bool ArrowBatches::add() {
  ArrowOwner<ArrowArray> batch;
  check(stream_->get_next(stream_.get(), batch.get()));
  if (!batch.holds()) return false;
  const ArrowArray& array = *batch;
  check_batch(array);
  for (std::size_t k = 0; k < columns_.size(); ++k)
    if (columns_[k].is_readable()) columns_[k].add(*array.children[k], array.offset, array.length);
  n_rows_ += static_cast<std::size_t>(array.length);
  return true;
}

void ArrowBatches::check_batch(const ArrowArray& array) const {
  if (array.length < 0 || array.offset < 0) refuse("a batch has a negative number of rows");
  if (static_cast<std::uint64_t>(array.length) > kMostRows - first_row_ - n_rows_)
    refuse("there are more than 4,294,967,295 rows");
  if (array.n_children != static_cast<std::int64_t>(columns_.size()) ||
      (!columns_.empty() && array.children == nullptr))
    refuse("a batch has other columns than the table");
  for (std::size_t k = 0; k < columns_.size(); ++k)
    if (array.children[k] == nullptr) refuse("a batch lacks a column");
  if (array.null_count > 0) refuse("a batch has rows that are missing as a whole");
}

Table ArrowBatches::take(const ReadOptions& options) {
  Table table = Table::with_rows(n_rows_);
  table.source = source_;
  table.first_row = first_row_;
  table.warnings = warnings_;
  for (ArrowColumn& column : columns_)
    if (column.is_readable()) table.add(finished(std::move(column), options, table.warnings));
  first_row_ += n_rows_;
  n_rows_ = 0;
  start_columns();
  return table;
}

Column finished(ArrowColumn column, const ReadOptions& options, std::vector<std::string>& warnings) {
  const ArrowPlace place = column.place();
  const auto declared = options.types.find(place.column);
  if (declared == options.types.end()) return std::move(column).take(warnings);
  std::vector<std::string> unsaid;
  return as_declared(std::move(column).take(unsaid), declared->second, place);
}

void warn_of_csv_options(const ReadOptions& options, std::vector<std::string>& warnings) {
  if (options.delimiter != 0) warnings.emplace_back("a delimiter is for CSV files; it has no effect here");
  if (options.missing)
    warnings.emplace_back("missing marks are for CSV files; here a null and a NaN are missing, and nothing else");
}

Table read_arrow(ArrowArrayStream& stream, const std::string& source, const ReadOptions& options) {
  ArrowBatches batches(stream, source);
  while (batches.add()) {
  }
  Table table = batches.take(options);
  warn_of_csv_options(options, table.warnings);
  return table;
}

}  // namespace ffwd
