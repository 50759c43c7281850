// read_csv: the passes over a CSV text put together. The rules are in docs/csv.md. And read_table, which reads files of
// other kinds too.
#include <fmt/format.h>

#include <algorithm>

#include "core/raise.h"
#include "ffwd/table.h"
#include "table/arrow_file.h"
#include "table/column_builder.h"
#include "table/column_warnings.h"
#include "table/csv_delimiter.h"
#include "table/csv_fault.h"
#include "table/csv_header.h"
#include "table/csv_records.h"
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

/// One text to be read, and how.
struct Job {
  std::string_view text;  ///< as for CsvRecords
  std::string source;
  const ReadOptions& options;
  MissingMarks marks;
  char delimiter;
};

/// A column that the first pass could not finish.
struct Pending {
  std::size_t column;
  ColumnBuilder builder;
};

/// The second pass: every cell to its column, in the order of the file, so that the fault reported is its first.
void convert(const Job& job, std::vector<Pending>& pending) {
  CsvRecords records(job.text, job.delimiter);
  std::string scratch;
  bool more = records.next();  // the header
  for (more = more && records.next(); more; more = records.next()) {
    for (auto& [column, builder] : pending) {
      const CsvField& field = records.fields()[column];
      const std::string_view cell = field_text(field, scratch);
      if (builder.add(cell, field.quoted, job.marks)) continue;
      refuse(job.source, {records.line_of(field), column + 1, builder.explain(cell), "mend the cell"});
    }
  }
}

std::vector<Column> make_columns(const Job& job, const std::vector<std::string>& names, CsvStructure& structure,
                                 std::size_t n_rows) {
  std::vector<Column> columns(names.size());
  std::vector<Pending> pending;
  for (std::size_t k = 0; k < names.size(); ++k) {
    ColumnScan& scan = structure.columns[k];
    const auto forced = job.options.types.find(names[k]);
    const bool is_forced = forced != job.options.types.end();
    const bool comma_is_free = job.delimiter != ',';
    const ColumnFormat format = is_forced ? scan.force(forced->second, comma_is_free) : scan.infer(comma_is_free);
    const auto& kept = job.options.keep_spelling;
    const bool keep_spelling = std::find(kept.begin(), kept.end(), names[k]) != kept.end();
    if (scan.has_values(format) && !keep_spelling)
      columns[k] = std::move(scan).take(names[k], format.type);
    else
      pending.push_back({k, ColumnBuilder({names[k], format, is_forced, keep_spelling}, n_rows)});
  }
  if (!pending.empty()) convert(job, pending);
  for (auto& [column, builder] : pending) columns[column] = std::move(builder).take();
  return columns;
}

Table read_job(const Job& job) {
  CsvStructure structure = read_structure(job.text, job.delimiter, job.marks, job.source);
  const auto lines = std::make_shared<const LineMap>(std::move(structure.lines));
  Table table = Table::with_rows(lines->n_rows());
  table.source = job.source;
  table.delimiter = job.delimiter;
  table.lines = lines;
  if (structure.n_blank > 0)
    table.warnings.push_back(
        fmt::format("{} blank line{} left out", structure.n_blank, structure.n_blank == 1 ? "" : "s"));
  const std::vector<std::string> names = name_columns(structure, job.source, table.warnings);
  for (Column& column : make_columns(job, names, structure, lines->n_rows())) table.add(std::move(column));
  for (std::size_t k = 0; k < names.size(); ++k)
    if (!job.options.types.contains(names[k])) warn_about_column(table, k, structure.columns[k], table.warnings);
  return table;
}

Table read_text(std::string_view text, std::string source, const ReadOptions& options) {
  check_delimiter(options.delimiter);
  refuse_other_kinds(text, source);
  text = without_byte_order_mark(text);
  refuse_empty(text, source);
  const char delimiter = options.delimiter != 0 ? options.delimiter : find_delimiter(text);
  return read_job({text, std::move(source), options, MissingMarks(options.missing), delimiter});
}

}  // namespace

Table read_table(const std::string& path, const ReadOptions& options) {
  const PaddedBytes bytes = read_file(path);
  if (const auto kind = arrow_kind_of_bytes(bytes.view())) return read_arrow_file(*kind, bytes.view(), path, options);
  return read_text(bytes.view(), path, options);
}

Table read_csv(std::string_view text, std::string source, const ReadOptions& options) {
  const PaddedBytes bytes(text);
  return read_text(bytes.view(), std::move(source), options);
}

}  // namespace ffwd
