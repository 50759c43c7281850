// The first pass over one range of a CSV text: its shape, what its columns can be, and where its rows are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "table/column_scan.h"
#include "table/csv_job.h"
#include "table/csv_records.h"
#include "table/line_map.h"

namespace ffwd {

/// Used for one range after the other, so that its memory is. Lines are counted from 1 at the range's beginning.
class RangeScan {
 public:
  /// `part` follows rows of which `before` holds what is known, one scan per column.
  void read(const CsvJob& job, const CsvPart& part, std::span<const ColumnScan> before);

  /// The first structural fault; what else was read then means nothing.
  [[nodiscard]] const std::optional<CsvFault>& fault() const { return fault_; }
  /// Where the next record after those read starts: the end of the part, or after it if the last one goes on there.
  [[nodiscard]] const char* end() const { return end_; }
  [[nodiscard]] std::uint64_t n_lines() const { return n_lines_; }
  [[nodiscard]] std::size_t n_blank() const { return n_blank_; }
  [[nodiscard]] bool last_column_is_empty() const { return last_column_is_empty_; }
  [[nodiscard]] const LineMap& lines() const { return lines_; }
  [[nodiscard]] const ColumnScan& column(std::size_t k) const { return columns_[k]; }

 private:
  void start(std::span<const ColumnScan> before);
  [[nodiscard]] std::optional<CsvFault> read_row(const CsvRecords& records, const MissingMarks& marks);
  [[nodiscard]] std::optional<CsvFault> wrong_count(const CsvRecords& records) const;
  void note_place(const CsvRecords& records);
  void note_cell(ColumnScan& scan, const CsvField& field, const MissingMarks& marks);

  std::vector<ColumnScan> columns_;
  LineMap lines_;
  std::optional<CsvFault> fault_;
  const char* end_ = nullptr;
  std::uint64_t n_lines_ = 0;
  std::size_t n_blank_ = 0;
  bool last_column_is_empty_ = true;
  std::string scratch_;
};

}  // namespace ffwd
