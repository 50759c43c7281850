// Table: typed columns with missing values, and the place in the source that each cell came from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ffwd {

enum class ColumnType : std::uint8_t { kMissing, kInteger, kNumber, kText, kBoolean, kDate, kTimestamp };

/// "missing", "integer", "number", "text", "boolean", "date" or "timestamp".
[[nodiscard]] std::string_view to_string(ColumnType type);

/// Strings stored once each: `codes[row]` points into `levels`, which are in order of first appearance; -1 = missing.
struct Coded {
  std::vector<std::int32_t> codes;
  std::vector<std::string> levels;
};

/// One column. What is stored depends on the type:
/// integer: `integers` (0 where missing) and `missing`; number: `numbers` (NaN where missing; infinities may occur);
/// text, boolean, date, timestamp: `text`, the cells as they were written; missing: only `n_rows`.
struct Column {
  std::string name;
  ColumnType type = ColumnType::kMissing;
  std::size_t n_rows = 0;
  std::vector<std::int64_t> integers;
  std::vector<bool> missing;  ///< integer columns only; empty when no cell is missing
  std::vector<double> numbers;
  Coded text;
  /// The exact text of every cell, missing marks included; only where the reader was asked for it
  /// (`ReadOptions::keep_spelling`).
  std::optional<Coded> spelling;
  /// The cells are not here but where the table's `store` finds them: only name, type and length may be asked for.
  bool is_stored = false;

  [[nodiscard]] bool is_missing(std::size_t row) const;
  [[nodiscard]] std::size_t n_missing() const;
  /// The value as text: the cell as written where that is known, else the shortest text that reads back to the same
  /// value; "" when missing (unless its spelling was kept).
  [[nodiscard]] std::string cell(std::size_t row) const;
  /// A numeric or boolean (0, 1) value as float64; NaN when missing. Text, dates and timestamps may not be asked.
  [[nodiscard]] double number(std::size_t row) const;
};

/// Columns of equal length. Value type; copying copies the data.
class Table {
 public:
  /// Names the source in messages: a file as given, or "table" for one built in memory.
  std::string source = "table";
  char delimiter = 0;                 ///< what a CSV file was cut with; 0 for other sources
  std::vector<std::string> warnings;  ///< what reading noticed, each naming its column

  [[nodiscard]] std::size_t n_rows() const { return n_rows_; }
  [[nodiscard]] std::size_t n_columns() const { return columns_.size(); }
  [[nodiscard]] const Column& column(std::size_t k) const { return columns_[k]; }
  [[nodiscard]] std::span<const Column> columns() const { return columns_; }
  /// For cells that change in place: name, type and length must stay as they are.
  [[nodiscard]] Column& edit(std::size_t k) { return columns_[k]; }
  /// Index of the column called exactly `name`, or nothing.
  [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> names() const;

  /// Adds a column; throws Error(kData) if its length or name does not fit.
  void add(Column column);
  /// Conveniences for tables built in memory. NaN is missing.
  void add_numbers(std::string name, std::vector<double> values);
  void add_integers(std::string name, std::vector<std::int64_t> values);
  /// An empty optional is missing.
  void add_text(std::string name, const std::vector<std::optional<std::string>>& values);

  /// "houses.csv:17:4" for a cell read from a file (physical line on which the field starts, field number from 1),
  /// "table: row 17" otherwise (rows from 1): messages name the column themselves.
  [[nodiscard]] std::string where(std::size_t row, std::size_t column) const;

  /// Where the rows of a file start; filled by readers. See src/table/line_map.h.
  std::shared_ptr<const class LineMap> lines;
  /// Where the cells of stored columns are; filled by readers. See src/table/column_store.h.
  std::shared_ptr<const class ColumnStore> store;
  /// Of a piece of a larger table: the rows that stand before it, for messages.
  std::size_t first_row = 0;
  /// A table of `n_rows` rows without columns yet; for readers.
  static Table with_rows(std::size_t n_rows);

 private:
  std::size_t n_rows_ = 0;
  std::vector<Column> columns_;
  std::map<std::string, std::size_t, std::less<>> index_;
};

/// How to read a table; the defaults read what most files are. Delimiter, missing marks and spellings are matters of
/// CSV alone.
struct ReadOptions {
  char delimiter = 0;  ///< ',', ';', tab or '|' (any ASCII character but a quote or line end); 0 = find out
  /// The texts that mean "missing", compared without letter case; unset: empty NA N/A #N/A NaN null None ? -
  std::optional<std::vector<std::string>> missing{};
  /// Columns whose type is decided by the caller, not by their cells. A cell that cannot be read as its type is an
  /// Error(kData) that names the place. A numeric type takes integers and numbers alike; text takes every cell as
  /// written; a name the file does not have is ignored.
  std::map<std::string, ColumnType> types{};
  /// Columns whose exact cell texts are kept beside their values.
  std::vector<std::string> keep_spelling{};
  unsigned threads = 0;  ///< 0 = all cores there are; the table does not depend on it
};

/// Reads a table whole: Parquet or Arrow IPC by its first bytes (rules: docs/parquet.md), else CSV (docs/csv.md); also
/// .gz and .zst, by the ending of its name.
/// @throws Error(kData) with the place, FILE:LINE:COLUMN in CSV, else FILE: row N.
[[nodiscard]] Table read_table(const std::string& path, const ReadOptions& options = {});

/// Reads CSV text held in memory; `source` names it in messages.
[[nodiscard]] Table read_csv(std::string_view text, std::string source, const ReadOptions& options = {});

/// Days since 1970-01-01 and seconds since midnight (with its fraction, zone applied: UTC if a zone was written,
/// else as written) of a date or timestamp in the forms that docs/csv.md lists; nothing for any other text.
struct Instant {
  std::int64_t days = 0;
  double seconds = 0.0;
};
[[nodiscard]] std::optional<Instant> parse_instant(std::string_view text);

/// One CSV field, quoted if it must be (delimiter, quote, line end, leading or trailing space, or empty when
/// `quote_empty`).
[[nodiscard]] std::string csv_field(std::string_view text, char delimiter = ',', bool quote_empty = false);

}  // namespace ffwd
