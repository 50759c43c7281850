// read_csv: the passes over a CSV text put together. The rules are in docs/csv.md. And read_table, which reads files of
// other kinds too.
#include "table/csv_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "core/raise.h"
#include "core/thread_pool.h"
#include "ffwd/table.h"
#include "table/arrow_file.h"
#include "table/column_warnings.h"
#include "table/csv_conversion.h"
#include "table/csv_delimiter.h"
#include "table/csv_fault.h"
#include "table/csv_header.h"
#include "table/csv_structure.h"
#include "table/file_bytes.h"
#include "table/file_kind.h"

namespace ffwd {

namespace {

void check_delimiter(char delimiter) {
  const bool ascii = delimiter >= 0;
  if (ascii && delimiter != '"' && delimiter != '\n' && delimiter != '\r') return;
  raise({.kind = ErrorKind::kUsage,
         .what = "a delimiter must be one ASCII character, and neither a quote nor a line end",
         .fix = "give ',', ';', '|' or a tab; or none, to have it found"});
}

std::string_view without_byte_order_mark(std::string_view text) {
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  return text;
}

void refuse_empty(std::string_view text, const std::string& source) {
  if (text.find_first_not_of(" \t\r\n") != std::string_view::npos) return;
  raise({.kind = ErrorKind::kData,
         .what = "the file is empty: it has no header",
         .where = source,
         .fix = "the first line must hold the names of the columns"});
}

/// A table of some rows is not worth waking a thread for.
unsigned threads_for(const CsvJob& job) { return job.text.size() > kRangeBytes ? job.threads : 1; }

struct NamedColumns {
  std::vector<Column> columns;
  std::vector<PendingColumn> pending;
};

/// Of each column what the first pass read, or how to read it in a second one.
NamedColumns finish_columns(const CsvJob& job, const std::vector<std::string>& names, CsvStructure& structure) {
  NamedColumns found{.columns = std::vector<Column>(names.size()), .pending = {}};
  std::vector<std::pair<std::size_t, ColumnType>> finished;
  for (std::size_t k = 0; k < names.size(); ++k) {
    const ColumnScan& scan = structure.columns[k];
    const auto forced = job.options.types.find(names[k]);
    const bool is_forced = forced != job.options.types.end();
    const bool comma_is_free = job.delimiter != ',';
    const ColumnFormat format = is_forced ? scan.force(forced->second, comma_is_free) : scan.infer(comma_is_free);
    const auto& kept = job.options.keep_spelling;
    const bool keep_spelling = std::find(kept.begin(), kept.end(), names[k]) != kept.end();
    if (scan.has_values(format) && !keep_spelling)
      finished.emplace_back(k, format.type);
    else
      found.pending.push_back({k, {names[k], format, is_forced, keep_spelling}});
  }
  parallel_for(threads_for(job), finished.size(), [&](std::size_t n, unsigned) {
    const auto [k, type] = finished[n];
    found.columns[k] = std::move(structure.columns[k]).take(names[k], type);
  });
  return found;
}

/// Looks at each distinct text of each column.
void warn_about_columns(const CsvJob& job, Table& table, const CsvStructure& structure) {
  std::vector<std::vector<std::string>> warnings(table.n_columns());
  parallel_for(threads_for(job), table.n_columns(), [&](std::size_t k, unsigned) {
    if (!job.options.types.contains(table.column(k).name))
      warn_about_column(table, k, structure.columns[k], warnings[k]);
  });
  for (auto& of_column : warnings) std::ranges::move(of_column, std::back_inserter(table.warnings));
}

}  // namespace

Table read_job(const CsvJob& job) {
  CsvStructure structure = read_structure(job);
  const auto lines = std::make_shared<const LineMap>(std::move(structure.lines));
  Table table = Table::with_rows(lines->n_rows());
  table.source = job.source;
  table.delimiter = job.delimiter;
  table.lines = lines;
  if (structure.n_blank > 0)
    table.warnings.push_back(
        fmt::format("{} blank line{} left out", structure.n_blank, structure.n_blank == 1 ? "" : "s"));
  const std::vector<std::string> names = name_columns(structure, job.source, table.warnings);
  auto [columns, pending] = finish_columns(job, names, structure);
  if (!pending.empty()) {
    std::vector<Column> converted = convert(job, structure.ranges, pending);
    for (std::size_t n = 0; n < pending.size(); ++n) columns[pending[n].place] = std::move(converted[n]);
  }
  for (Column& column : columns) table.add(std::move(column));
  warn_about_columns(job, table, structure);
  return table;
}

CsvJob csv_job(std::string_view text, std::string source, const ReadOptions& options) {
  check_delimiter(options.delimiter);
  refuse_other_kinds(text, source);
  text = without_byte_order_mark(text);
  refuse_empty(text, source);
  return {.text = text,
          .source = std::move(source),
          .delimiter = options.delimiter != 0 ? options.delimiter : find_delimiter(text),
          .options = options,
          .threads = thread_count(options.threads)};
}

Table read_table(const std::string& path, const ReadOptions& options) {
  const PaddedBytes bytes = read_file(path, thread_count(options.threads));
  if (const auto kind = arrow_kind_of_bytes(bytes.view())) return read_arrow_file(*kind, bytes.view(), path, options);
  return read_job(csv_job(bytes.view(), path, options));
}

Table read_csv(std::string_view text, std::string source, const ReadOptions& options) {
  const PaddedBytes bytes(text);
  return read_job(csv_job(bytes.view(), std::move(source), options));
}

}  // namespace ffwd
