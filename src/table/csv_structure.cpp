#include "table/csv_structure.h"

#include <fmt/format.h>

#include <span>
#include <string_view>

#include "core/thread_pool.h"
#include "table/csv_fault.h"
#include "table/csv_records.h"
#include "table/range_scan.h"

namespace ffwd {

namespace {

class StructureReader {
 public:
  explicit StructureReader(const CsvJob& job) : job_(job) {}

  CsvStructure read() && {
    const std::string_view rows = read_header();
    // A thread that reads a few rows of many columns would do nothing but change columns.
    constexpr std::size_t kFewColumns = 256;
    RangeCutter cutter(rows, job_.range_bytes * (1 + found_.columns.size() / kFewColumns));
    // What the first rows are decides what is kept of a column: they are read before others follow in numbers.
    for (auto parts = cutter.next(1); !parts.empty(); parts = cutter.next(ranges_at_once(job_.threads)))
      read_rows(parts);
    return std::move(found_);
  }

 private:
  /// Gives what follows the header.
  std::string_view read_header();
  void take_names(const CsvRecords& records);
  void read_rows(std::span<const std::string_view> parts);
  /// Reads the part anew unless its guess was right: the records before it end where it starts.
  void mend(RangeScan& scan, std::string_view part);
  void add_range(const RangeScan& scan);
  void foresee_size();
  [[noreturn]] void refuse_at(CsvFault fault) const {
    fault.line += next_line_ - 1;
    refuse(job_.source, fault);
  }

  const CsvJob& job_;
  CsvStructure found_;
  std::vector<RangeScan> scans_;
  std::size_t room_ = 0;         ///< rows there is room for
  const char* at_ = nullptr;     ///< all before it is read
  std::uint64_t next_line_ = 1;  ///< of what is at at_
};

std::string_view StructureReader::read_header() {
  CsvRecords records(job_.text, job_.delimiter);
  if (!records.next()) {
    if (records.fault()) refuse_at(*records.fault());
    return {};
  }
  if (const auto fault = records.find_bad_text()) refuse_at(*fault);
  take_names(records);
  found_.n_blank = records.n_blank();
  at_ = records.position();
  next_line_ = records.next_line();
  return job_.text.substr(static_cast<std::size_t>(at_ - job_.text.data()));
}

void StructureReader::take_names(const CsvRecords& records) {
  if (records.n_fields() > kMaxColumns)
    refuse_at({records.line_of(records.fields()[kMaxColumns]), kMaxColumns + 1,
               fmt::format("the header has {} columns, the limit is {}", records.n_fields(), kMaxColumns),
               "leave columns out; or the file is turned round: each record must be one row"});
  std::string scratch;
  for (const CsvField& field : records.fields()) {
    const std::string& name = found_.names.emplace_back(field_text(field, scratch));
    found_.name_lines.push_back(records.line_of(field));
    const auto decided = job_.options.types.find(name);
    const bool is_text = decided != job_.options.types.end() && decided->second == ColumnType::kText;
    found_.columns.push_back(is_text ? ColumnScan::of_texts() : ColumnScan());
  }
}

void StructureReader::read_rows(std::span<const std::string_view> parts) {
  if (scans_.size() < parts.size()) scans_.resize(parts.size());
  parallel_for(job_.threads, parts.size(), [&](std::size_t k, unsigned) {
    scans_[k].read(job_, {.text = parts[k], .is_guess = true}, found_.columns);
  });
  for (std::size_t k = 0; k < parts.size(); ++k) {
    mend(scans_[k], parts[k]);
    add_range(scans_[k]);
  }
  foresee_size();
  const unsigned threads = parts.size() > 1 ? job_.threads : 1;
  parallel_for(threads, found_.columns.size(), [&](std::size_t column, unsigned) {
    for (std::size_t k = 0; k < parts.size(); ++k) found_.columns[column].append(scans_[k].column(column));
  });
}

void StructureReader::mend(RangeScan& scan, std::string_view part) {
  if (at_ == part.data() && !scan.fault()) return;
  const char* const end = part.data() + part.size();
  const auto left = at_ < end ? static_cast<std::size_t>(end - at_) : 0;
  scan.read(job_, {.text = {at_, left}}, found_.columns);
  if (scan.fault()) refuse_at(*scan.fault());
}

void StructureReader::add_range(const RangeScan& scan) {
  found_.ranges.push_back({.text = {at_, static_cast<std::size_t>(scan.end() - at_)},
                           .first_line = next_line_,
                           .first_row = found_.lines.n_rows(),
                           .n_rows = scan.lines().n_rows()});
  found_.n_blank += scan.n_blank();
  found_.last_column_is_empty = found_.last_column_is_empty && scan.last_column_is_empty();
  found_.lines.append(scan.lines(), next_line_);
  at_ = scan.end();
  next_line_ += scan.n_lines();
}

/// Room for the values of all rows, if the others are as long as those seen: it saves growing step by step.
void StructureReader::foresee_size() {
  if (found_.lines.n_rows() <= room_) return;
  const auto seen = static_cast<double>(at_ - found_.ranges.front().text.data());
  const auto n_seen = static_cast<double>(found_.lines.n_rows());
  const auto left = static_cast<double>(job_.text.data() + job_.text.size() - at_);
  constexpr double kSpare = 1.05;
  room_ = static_cast<std::size_t>(n_seen * (1.0 + kSpare * left / seen)) + 1;
  for (ColumnScan& scan : found_.columns) scan.reserve(room_);
}

}  // namespace

CsvStructure read_structure(const CsvJob& job) { return StructureReader(job).read(); }

}  // namespace ffwd
