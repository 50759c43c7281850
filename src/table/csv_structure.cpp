#include "table/csv_structure.h"

#include <fmt/format.h>

#include <algorithm>

#include "table/ascii.h"
#include "table/csv_fault.h"
#include "table/csv_records.h"

namespace ffwd {

namespace {

constexpr std::size_t kRowsToForesee = 1000;

class StructureReader {
 public:
  StructureReader(std::string_view text, char delimiter, const MissingMarks& marks, const std::string& source)
      : text_(text), records_(text, delimiter), marks_(marks), source_(source) {}

  CsvStructure read() && {
    if (next_record()) read_header();
    while (next_record()) read_row();
    found_.n_blank = records_.n_blank();
    return std::move(found_);
  }

 private:
  bool next_record() {
    if (!records_.next()) {
      if (const auto& fault = records_.fault()) refuse(source_, *fault);
      return false;
    }
    if (const auto fault = records_.find_bad_text()) refuse(source_, *fault);
    return true;
  }

  void read_header();
  void read_row();
  void check_count() const;
  void note_place();
  void note_cell(std::size_t column, const CsvField& field);

  void foresee_size();

  std::string_view text_;
  CsvRecords records_;
  const MissingMarks& marks_;
  const std::string& source_;
  CsvStructure found_;
  std::string scratch_;
};

void StructureReader::read_header() {
  if (records_.n_fields() > kMaxColumns)
    refuse(source_, {records_.line_of(records_.fields()[kMaxColumns]), kMaxColumns + 1,
                     fmt::format("the header has {} columns, the limit is {}", records_.n_fields(), kMaxColumns),
                     "leave columns out; or the file is turned round: each record must be one row"});
  for (const CsvField& field : records_.fields()) {
    found_.names.emplace_back(field_text(field, scratch_));
    found_.name_lines.push_back(records_.line_of(field));
  }
  found_.columns.resize(found_.names.size());
}

void StructureReader::read_row() {
  check_count();
  note_place();
  const auto fields = records_.fields();
  for (std::size_t k = 0; k < fields.size(); ++k) note_cell(k, fields[k]);
  if (found_.lines.n_rows() == kRowsToForesee) foresee_size();
  found_.last_column_is_empty = found_.last_column_is_empty && fields.back().size == 0;
}

/// Room for the values of all rows, if the others are as long as those seen: it saves growing step by step.
void StructureReader::foresee_size() {
  const auto seen = static_cast<std::size_t>(records_.fields().data()->begin - text_.data());
  const std::size_t n_rows = text_.size() / (seen / kRowsToForesee + 1) + kRowsToForesee;
  for (ColumnScan& scan : found_.columns) scan.reserve(n_rows);
}

void StructureReader::check_count() const {
  const std::size_t expected = found_.names.size();
  const std::size_t found = records_.n_fields();
  if (found == expected) return;
  const std::size_t at = std::min(expected, found);  // the first field that is missing or too many
  const CsvField& field = records_.fields()[std::min(at, found - 1)];
  refuse(source_, {records_.line_of(field), at + 1, fmt::format("expected {} fields, found {}", expected, found),
                   "give every row as many fields as the header, and quote fields that hold the delimiter"});
}

void StructureReader::note_place() {
  found_.lines.add_row(records_.line());
  const auto fields = records_.fields();
  std::uint32_t shift = 0;
  if (fields.back().line_shift == shift) return;
  for (std::size_t k = 0; k < fields.size(); ++k) {
    if (fields[k].line_shift == shift) continue;
    shift = fields[k].line_shift;
    found_.lines.add_shift(static_cast<std::uint32_t>(k), shift);
  }
}

void StructureReader::note_cell(std::size_t column, const CsvField& field) {
  ColumnScan& scan = found_.columns[column];
  if (scan.is_settled()) return;
  const std::string_view text = field_text(field, scratch_);
  const std::string_view cell = field.quoted ? trimmed(text) : text;
  if (marks_.contains(cell))
    scan.add_missing();
  else
    scan.add(cell, text);
}

}  // namespace

CsvStructure read_structure(std::string_view text, char delimiter, const MissingMarks& marks,
                            const std::string& source) {
  return StructureReader(text, delimiter, marks, source).read();
}

}  // namespace ffwd
