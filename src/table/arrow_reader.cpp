#include "table/arrow_reader.h"

#include <fmt/format.h>

#include <limits>
#include <utility>
#include <vector>

#include "core/names.h"
#include "core/raise.h"
#include "core/utf8.h"
#include "table/arrow_column.h"
#include "table/declared_type.h"

namespace ffwd {

namespace {

constexpr std::int64_t kMostColumns = 100'000;  // as in a CSV file
constexpr std::size_t kMostRows = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t kMostReasonBytes = 300;

class ArrowReader {
 public:
  ArrowReader(ArrowArrayStream& stream, std::string source) : source_(std::move(source)) {
    *stream_ = stream;
    stream.release = nullptr;  // moved, as the interface says it
  }

  Table read(const ReadOptions& options) {
    read_schema();
    while (read_batch()) {
    }
    Table table = Table::with_rows(n_rows_);
    table.source = source_;
    table.warnings = std::move(warnings_);
    for (ArrowColumn& column : columns_)
      if (column.is_readable()) table.add(finished(std::move(column), options, table.warnings));
    return table;
  }

 private:
  [[noreturn]] void refuse(std::string what) const {
    raise({.kind = ErrorKind::kData,
           .what = std::move(what),
           .where = source_,
           .fix = "write the table again; it may be damaged, or cut off"});
  }

  void check(int code) {
    if (code == 0) return;
    const char* const reason = stream_->get_last_error == nullptr ? nullptr : stream_->get_last_error(stream_.get());
    refuse(
        fmt::format("cannot be read: {}", shorten(reason == nullptr ? "no reason given" : reason, kMostReasonBytes)));
  }

  void read_schema() {
    ArrowOwner<ArrowSchema> schema;
    check(stream_->get_schema(stream_.get(), schema.get()));
    const bool is_table = schema->format != nullptr && std::string_view(schema->format) == "+s";
    if (!is_table || schema->n_children < 0 || (schema->n_children > 0 && schema->children == nullptr))
      refuse("the arrays are no columns of a table");
    if (schema->n_children > kMostColumns)
      refuse(fmt::format("{} columns are more than {}", schema->n_children, kMostColumns));
    for (std::int64_t k = 0; k < schema->n_children; ++k) {
      const ArrowSchema* const field = schema->children[k];
      if (field == nullptr) refuse("a column's description is not there");
      columns_.emplace_back(ArrowPlace{source_, name_of(*field, k)}, *field);
      if (!columns_.back().is_readable()) warnings_.push_back(columns_.back().refusal());
    }
  }

  std::string name_of(const ArrowSchema& field, std::int64_t k) {
    std::string name = field.name == nullptr ? "" : field.name;
    if (valid_utf8_prefix(name) != name.size()) refuse(fmt::format("the name of column {} is not UTF-8", k + 1));
    if (!name.empty()) return name;
    warnings_.push_back(fmt::format("column {0} has no name; called 'column_{0}'", k + 1));
    return fmt::format("column_{}", k + 1);
  }

  /// What is odd about a column matters as long as nobody has decided on its type.
  static Column finished(ArrowColumn column, const ReadOptions& options, std::vector<std::string>& warnings) {
    const ArrowPlace place = column.place();
    const auto declared = options.types.find(place.column);
    if (declared == options.types.end()) return std::move(column).take(warnings);
    std::vector<std::string> unsaid;
    return as_declared(std::move(column).take(unsaid), declared->second, place);
  }

  /// False at the end of the stream.
  bool read_batch() {
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

  void check_batch(const ArrowArray& array) const {
    if (array.length < 0 || array.offset < 0) refuse("a batch has a negative number of rows");
    if (static_cast<std::uint64_t>(array.length) > kMostRows - n_rows_)
      refuse("there are more than 4,294,967,295 rows");
    if (array.n_children != static_cast<std::int64_t>(columns_.size()) ||
        (!columns_.empty() && array.children == nullptr))
      refuse("a batch has other columns than the table");
    for (std::size_t k = 0; k < columns_.size(); ++k)
      if (array.children[k] == nullptr) refuse("a batch lacks a column");
    if (array.null_count > 0) refuse("a batch has rows that are missing as a whole");
  }

  ArrowOwner<ArrowArrayStream> stream_;
  std::string source_;
  std::vector<ArrowColumn> columns_;
  std::vector<std::string> warnings_;
  std::size_t n_rows_ = 0;
};

}  // namespace

Table read_arrow(ArrowArrayStream& stream, const std::string& source, const ReadOptions& options) {
  Table table = ArrowReader(stream, source).read(options);
  if (options.delimiter != 0) table.warnings.emplace_back("a delimiter is for CSV files; it has no effect here");
  if (options.missing)
    table.warnings.emplace_back("missing marks are for CSV files; here a null and a NaN are missing, and nothing else");
  return table;
}

}  // namespace ffwd
