#include "table/csv_records.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/utf8.h"
#include "table/eight_bytes.h"
#include "table/padded_bytes.h"

namespace ffwd {

namespace {

constexpr unsigned kPastLineEnds = 0x0E;  // CR and LF are below it; so are tab and NUL, and little else

struct QuotedScan {
  const char* close = nullptr;  ///< the closing quote; nullptr if there is none
  std::size_t n_doubled = 0;
  bool beyond_ascii = false;
  bool controls = false;  ///< bytes below kPastLineEnds
};

/// Finds the quote that closes the field whose text starts at `at`.
QuotedScan scan_quoted(const char* at, const char* end) {
  QuotedScan scan;
  std::uint64_t bytes = 0;
  std::uint64_t controls = 0;
  while (at < end) {
    const std::uint64_t word = load_eight(at);
    const std::uint64_t quotes = zero_bytes(word ^ repeat('"'));
    if (quotes == 0) {
      bytes |= word;
      controls |= bytes_below(word, kPastLineEnds);
      at += 8;
      continue;
    }
    const std::size_t n = first_marked(quotes);
    bytes |= first_bytes(word, n);
    controls |= first_bytes(bytes_below(word, kPastLineEnds), n);
    at += n;
    if (at >= end) break;
    if (at + 1 == end || at[1] != '"') {
      scan.close = at;
      break;
    }
    ++scan.n_doubled;
    at += 2;
  }
  scan.beyond_ascii = (bytes & kTopBits) != 0;
  scan.controls = controls != 0;
  return scan;
}

/// LF, CRLF and lone CR each end one line.
std::uint32_t count_line_ends(std::string_view text) {
  std::uint32_t n = 0;
  for (std::size_t k = 0; k < text.size(); ++k)
    if (text[k] == '\n' || (text[k] == '\r' && (k + 1 == text.size() || text[k + 1] != '\n'))) ++n;
  return n;
}

std::optional<CsvFault> bad_text(std::string_view text, std::uint64_t line, std::size_t column) {
  if (text.find('\0') != std::string_view::npos)
    return CsvFault{line, column, "the field holds a NUL byte",
                    "the file is damaged, or not UTF-8 text: write it anew as UTF-8"};
  const std::size_t valid = valid_utf8_prefix(text);
  if (valid == text.size()) return std::nullopt;
  return CsvFault{line, column,
                  fmt::format("the field is not valid UTF-8 (byte 0x{:02x})", static_cast<unsigned char>(text[valid])),
                  "save the file with the encoding UTF-8"};
}

}  // namespace

std::string_view single_quotes(std::string_view raw, std::string& scratch) {
  scratch.assign(PaddedBytes::kBefore, '\0');
  for (std::size_t k = 0; k < raw.size(); ++k) {
    scratch += raw[k];
    if (raw[k] == '"') ++k;
  }
  const std::size_t size = scratch.size() - PaddedBytes::kBefore;
  scratch.append(PaddedBytes::kPadding, '\0');
  return {scratch.data() + PaddedBytes::kBefore, size};
}

CsvRecords::CsvRecords(std::string_view text, char delimiter) : CsvRecords(text, delimiter, {text, false}) {}

CsvRecords::CsvRecords(std::string_view text, char delimiter, const CsvPart& part)
    : at_(part.text.data()),
      end_(text.data() + text.size()),
      part_end_(part.text.data() + part.text.size()),
      quote_end_(part.is_guess ? part_end_ : end_),
      delimiter_(delimiter),
      blanks_{delimiter == ' ' ? '\t' : ' ', delimiter == '\t' ? ' ' : '\t'},
      stops_(at_, end_, delimiter),
      fields_(64) {}

bool CsvRecords::next() {
  while (at_ < part_end_) {
    if (!read_record()) return false;
    const bool blank = n_fields_ == 1 && !fields_[0].quoted && fields_[0].size == 0;
    if (!blank) return true;
    ++n_blank_;
  }
  return false;
}

bool CsvRecords::read_record() {
  record_ = at_;
  line_ = next_line_;
  shift_ = 0;
  n_fields_ = 0;
  surplus_fault_.reset();
  stops_.watch();
  unusual_ = false;
  for (bool more = true; more;) {
    // Fields are written where they stay: copying one just written stalls the processor, measured at a fifth of the
    // time.
    CsvField& field = n_fields_ < fields_.size() ? fields_[n_fields_] : more_room();
    field.line_shift = shift_;
    if (!read_field(field)) return false;
    ++n_fields_;
    if (&field == &surplus_) [[unlikely]]
      note_surplus();
    more = *at_ == delimiter_;  // a delimiter that ends the text is followed by an empty field
    at_ += more ? 1 : 0;
  }
  unusual_ = unusual_ || stops_.saw_unusual();
  take_record_end();
  return true;
}

inline bool CsvRecords::read_field(CsvField& field) {
  const char* const start = at_;
  const char* begin = start;
  while (is_blank(*begin)) ++begin;  // the zeros after the text end it
  if (*begin == '"') [[unlikely]]
    return read_quoted(field, begin);
  const char* const stop = stops_.next(begin);
  if (stop - start > static_cast<std::ptrdiff_t>(kMaxFieldBytes)) [[unlikely]]
    return refuse_length();
  const char* last = stop;
  while (last != begin && is_blank(last[-1])) --last;
  field.begin = begin;
  field.size = static_cast<std::uint32_t>(last - begin);
  field.quoted = false;
  field.doubled_quotes = false;
  at_ = stop;
  return true;
}

bool CsvRecords::read_quoted(CsvField& field, const char* quote) {
  field.begin = quote + 1;
  const QuotedScan scan = scan_quoted(field.begin, quote_end_);
  const char* const close = scan.close != nullptr ? scan.close : std::max(field.begin, quote_end_);
  const std::string_view text(field.begin, close);
  if (text.size() - scan.n_doubled > kMaxFieldBytes) return refuse_length();
  if (scan.close == nullptr)
    return refuse("the quote that opens the field is never closed", "close it; inside quotes, write a quote twice");
  at_ = close + 1;
  while (is_blank(*at_)) ++at_;
  if (at_ != end_ && *at_ != delimiter_ && *at_ != '\n' && *at_ != '\r')
    return refuse("text after the closing quote of the field", "inside quotes, write a quote twice");
  field.size = static_cast<std::uint32_t>(text.size());
  field.quoted = true;
  field.doubled_quotes = scan.n_doubled > 0;
  unusual_ = unusual_ || scan.beyond_ascii || scan.controls;
  if (scan.controls) shift_ += count_line_ends(text);
  return true;
}

void CsvRecords::take_record_end() {
  next_line_ = line_ + shift_;
  if (at_ == end_) return;
  ++next_line_;
  const bool pair = at_[0] == '\r' && at_[1] == '\n';
  at_ += pair ? 2 : 1;
}

CsvField& CsvRecords::more_room() {
  if (fields_.size() > kMaxColumns) return surplus_;
  fields_.resize(std::min(fields_.size() * 2, kMaxColumns + 1));
  return fields_[n_fields_];
}

// Records of any length are counted, but not held in memory: a field that is not kept is looked at right away.
void CsvRecords::note_surplus() {
  if (!surplus_fault_) surplus_fault_ = bad_text(surplus_.raw(), line_of(surplus_), n_fields_);
}

std::optional<CsvFault> CsvRecords::find_bad_text() const {
  if (!unusual_) return std::nullopt;
  const std::string_view record(record_, at_);
  if (!bad_text(record, line_, 1)) return std::nullopt;  // fields are cut at ASCII characters: all of them are good
  for (std::size_t k = 0; k < fields().size(); ++k)
    if (auto fault = bad_text(fields_[k].raw(), line_of(fields_[k]), k + 1)) return fault;
  return surplus_fault_;
}

bool CsvRecords::refuse(std::string what, std::string fix) {
  fault_ = CsvFault{line_ + shift_, n_fields_ + 1, std::move(what), std::move(fix)};
  at_ = end_;
  return false;
}

bool CsvRecords::refuse_length() {
  return refuse("the field is longer than the limit of 16 MiB",
                "shorten it; a quote that is never closed makes such fields");
}

}  // namespace ffwd
