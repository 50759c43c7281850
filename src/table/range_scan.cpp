#include "table/range_scan.h"

#include <fmt/format.h>

#include <algorithm>

#include "table/ascii.h"

namespace ffwd {

void RangeScan::read(const CsvJob& job, const CsvPart& part, std::span<const ColumnScan> before) {
  start(before);
  CsvRecords records(job.text, job.delimiter, part);
  while (!fault_ && records.next()) fault_ = read_row(records, job.marks);
  if (!fault_) fault_ = records.fault();
  end_ = records.position();
  n_lines_ = records.next_line() - 1;
  n_blank_ = records.n_blank();
}

void RangeScan::start(std::span<const ColumnScan> before) {
  columns_.resize(before.size());
  for (std::size_t k = 0; k < before.size(); ++k) columns_[k].restart_after(before[k]);
  lines_.clear();
  fault_.reset();
  last_column_is_empty_ = true;
}

std::optional<CsvFault> RangeScan::read_row(const CsvRecords& records, const MissingMarks& marks) {
  if (auto fault = records.find_bad_text()) return fault;
  if (records.n_fields() != columns_.size()) return wrong_count(records);
  note_place(records);
  const auto fields = records.fields();
  ColumnScan* scan = columns_.data();
  for (const CsvField& field : fields) note_cell(*scan++, field, marks);
  last_column_is_empty_ = last_column_is_empty_ && fields.back().size == 0;
  return std::nullopt;
}

std::optional<CsvFault> RangeScan::wrong_count(const CsvRecords& records) const {
  const std::size_t expected = columns_.size();
  const std::size_t found = records.n_fields();
  const std::size_t at = std::min(expected, found);  // the first field that is missing or too many
  const CsvField& field = records.fields()[std::min(at, found - 1)];
  return CsvFault{records.line_of(field), at + 1, fmt::format("expected {} fields, found {}", expected, found),
                  "give every row as many fields as the header, and quote fields that hold the delimiter"};
}

void RangeScan::note_place(const CsvRecords& records) {
  lines_.add_row(records.line());
  const auto fields = records.fields();
  std::uint32_t shift = 0;
  if (fields.back().line_shift == shift) return;
  for (std::size_t k = 0; k < fields.size(); ++k) {
    if (fields[k].line_shift == shift) continue;
    shift = fields[k].line_shift;
    lines_.add_shift(static_cast<std::uint32_t>(k), shift);
  }
}

inline void RangeScan::note_cell(ColumnScan& scan, const CsvField& field, const MissingMarks& marks) {
  std::string_view text = field.raw(), cell = text;
  if (field.quoted) [[unlikely]] {
    text = field_text(field, scratch_);
    cell = trimmed(text);
  }
  if (marks.contains(cell)) [[unlikely]]
    scan.add_missing();
  else
    scan.add(cell, text);
}

}  // namespace ffwd
