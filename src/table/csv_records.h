// The structure of CSV text: records of fields, with their quotes, line ends and physical lines. Values are not
// looked at here. The rules are in docs/csv.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "table/csv_fault.h"
#include "table/stop_finder.h"

namespace ffwd {

constexpr std::size_t kMaxColumns = 100'000;
constexpr std::size_t kMaxFieldBytes = std::size_t{16} << 20;

struct CsvField {
  const char* begin = nullptr;   ///< after the quote, or the blanks, that open it
  std::uint32_t size = 0;        ///< in bytes, without closing quote or blanks; doubled quotes counted twice
  std::uint32_t line_shift = 0;  ///< lines between the start of the record and the start of the field
  bool quoted = false;
  bool doubled_quotes = false;  ///< has some: see field_text()

  [[nodiscard]] std::string_view raw() const { return {begin, size}; }
};

/// `raw` with doubled quotes made single, kept in `scratch`.
[[nodiscard]] std::string_view single_quotes(std::string_view raw, std::string& scratch);

/// What the field says: doubled quotes made single, in `scratch` if there are any. Around it as many bytes
/// are readable as around PaddedBytes.
[[nodiscard]] inline std::string_view field_text(const CsvField& field, std::string& scratch) {
  return field.doubled_quotes ? single_quotes(field.raw(), scratch) : field.raw();
}

/// A part of a text from the start of a record on.
struct CsvPart {
  std::string_view text;
  bool is_guess = false;  ///< it may start within a quoted field: one that the part does not close is a fault
};

/// Walks the records of a text, leaving out blank ones.
class CsvRecords {
 public:
  /// `text` must outlive this, with 64 zero bytes after its end (PaddedBytes).
  CsvRecords(std::string_view text, char delimiter);
  /// The records that start in `part` of the text; lines are counted from its start.
  CsvRecords(std::string_view text, char delimiter, const CsvPart& part);

  /// Moves to the next record that is not blank. False at the end of the text and at a fault.
  [[nodiscard]] bool next();
  /// Why next() stopped, if not for the end: a quote that is never closed, text after a closing quote, a field longer
  /// than kMaxFieldBytes.
  [[nodiscard]] const std::optional<CsvFault>& fault() const { return fault_; }

  /// Fields of the record, but no more than kMaxColumns + 1.
  [[nodiscard]] std::span<const CsvField> fields() const {
    return {fields_.data(), n_fields_ < fields_.size() ? n_fields_ : fields_.size()};
  }
  /// How many fields the record has, even if fields() has fewer.
  [[nodiscard]] std::size_t n_fields() const { return n_fields_; }
  /// Where the next record starts, and on which line.
  [[nodiscard]] const char* position() const { return at_; }
  [[nodiscard]] std::uint64_t next_line() const { return next_line_; }
  /// The physical line on which the record starts.
  [[nodiscard]] std::uint64_t line() const { return line_; }
  [[nodiscard]] std::uint64_t line_of(const CsvField& field) const { return line_ + field.line_shift; }
  /// Blank records left out so far.
  [[nodiscard]] std::size_t n_blank() const { return n_blank_; }

  /// The first field of the record that holds a NUL byte or invalid UTF-8.
  [[nodiscard]] std::optional<CsvFault> find_bad_text() const;

 private:
  [[nodiscard]] bool read_record();
  [[nodiscard]] bool read_field(CsvField& field);
  [[nodiscard]] bool read_quoted(CsvField& field, const char* quote);
  void take_record_end();
  [[nodiscard]] CsvField& more_room();
  void note_surplus();
  bool refuse(std::string what, std::string fix);  // both return false
  bool refuse_length();
  [[nodiscard]] bool is_blank(char c) const { return c == blanks_[0] || c == blanks_[1]; }

  const char* at_;
  const char* end_;
  const char* part_end_;   ///< no record starts there or after it
  const char* quote_end_;  ///< where to give up looking for a closing quote
  char delimiter_;
  char blanks_[2];  ///< dropped around fields: space and tab, but not the delimiter
  StopFinder stops_;

  const char* record_ = nullptr;  ///< where the record starts
  std::vector<CsvField> fields_;  ///< of this record the first n_fields_; room for kMaxColumns + 1 at most
  CsvField surplus_;              ///< the last field read that there was no room for
  std::size_t n_fields_ = 0;
  std::uint64_t line_ = 1;
  std::uint64_t next_line_ = 1;
  std::uint32_t shift_ = 0;  ///< line ends met inside the quotes of this record
  bool unusual_ = false;     ///< this record may hold bytes beyond ASCII, or NUL
  std::size_t n_blank_ = 0;
  std::optional<CsvFault> surplus_fault_;  ///< the first bad text among the fields that there was no room for
  std::optional<CsvFault> fault_;
};

}  // namespace ffwd
