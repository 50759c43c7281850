#include "table/column_warnings.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/names.h"
#include "table/ascii.h"
#include "table/dressed_number.h"
#include "table/foreign_date.h"
#include "table/instant.h"
#include "table/line_map.h"
#include "table/number_text.h"

namespace ffwd {

namespace {

/// Cells of a text column for which something holds, and the first for which it does not (or the other way round).
struct Tally {
  std::size_t n_cells = 0;  ///< not missing
  std::size_t n_matching = 0;
  std::int32_t first_matching = -1;  ///< its code: levels are in order of first appearance
  std::int32_t first_other = -1;
};

/// Looks at each distinct text once, however many cells hold it.
template <class Predicate>
Tally tally(const Coded& text, const std::vector<std::size_t>& counts, Predicate matches) {
  Tally found;
  for (std::size_t level = 0; level < text.levels.size(); ++level) {
    const bool match = matches(trimmed(text.levels[level]));
    std::int32_t& first = match ? found.first_matching : found.first_other;
    if (first < 0) first = static_cast<std::int32_t>(level);
    found.n_cells += counts[level];
    if (match) found.n_matching += counts[level];
  }
  return found;
}

std::vector<std::size_t> count_levels(const Coded& text) {
  std::vector<std::size_t> counts(text.levels.size());
  for (const std::int32_t code : text.codes)
    if (code >= 0) ++counts[static_cast<std::size_t>(code)];
  return counts;
}

bool is_number(std::string_view cell) {
  const NumberForm form = number_form(cell);
  return form != NumberForm::kNone && form != NumberForm::kDecimalComma;
}

bool is_instant(std::string_view cell) { return instant_form(cell) != InstantForm::kNone; }

class ColumnWarner {
 public:
  ColumnWarner(const Table& table, std::size_t k, std::vector<std::string>& warnings)
      : table_(table), k_(k), column_(table.column(k)), warnings_(warnings) {}

  void warn_about_code() {
    const auto coded = [](std::string_view cell) {
      return number_form(cell) == NumberForm::kInteger && has_leading_zeros(cell);
    };
    const Tally codes = tally(column_.text, count_levels(column_.text), coded);
    warn(fmt::format("leading zeros ({}), read as text: a code, not a quantity", place(codes.first_matching)));
  }

  void warn_about_numbers() {
    const Tally numbers = tally(column_.text, count_levels(column_.text), is_number);
    if (numbers.n_matching == 0) return;
    warn(fmt::format("{} of {} cells are numbers; read as text because of {}", numbers.n_matching, numbers.n_cells,
                     place(numbers.first_other)));
  }

  void warn_about_dressed_numbers() {
    const Tally dressed = tally(column_.text, count_levels(column_.text), looks_like_number);
    if (dressed.n_matching * 2 <= dressed.n_cells) return;
    warn(
        fmt::format("{} of {} cells are numbers with signs of money, per cent or thousands, such as {}; read as text: "
                    "take the signs out to have numbers",
                    dressed.n_matching, dressed.n_cells, place(dressed.first_matching)));
  }

  void warn_about_dates() {
    const std::vector<std::size_t> counts = count_levels(column_.text);
    const Tally dates = tally(column_.text, counts, looks_like_date);
    if (dates.n_matching * 2 <= dates.n_cells) return;
    const Tally proper = tally(column_.text, counts, is_instant);
    warn(
        fmt::format("{} of {} cells look like dates; read as text because {} is not of the form YYYY-MM-DD, or not in "
                    "the calendar",
                    dates.n_matching, dates.n_cells, place(proper.first_other)));
  }

  void warn(const std::string& what) {
    warnings_.push_back(fmt::format("column '{}': {}", shorten(column_.name), what));
  }

 private:
  /// "'abc' at line 4": the first cell with this code.
  std::string place(std::int32_t code) const {
    const auto& codes = column_.text.codes;
    const auto row = static_cast<std::size_t>(std::find(codes.begin(), codes.end(), code) - codes.begin());
    const std::string& level = column_.text.levels[static_cast<std::size_t>(code)];
    return fmt::format("'{}' at line {}", shorten(trimmed(level)), table_.lines->line(row, k_));
  }

  const Table& table_;
  std::size_t k_;
  const Column& column_;
  std::vector<std::string>& warnings_;
};

}  // namespace

void warn_about_column(const Table& table, std::size_t k, const ColumnScan& scan, std::vector<std::string>& warnings) {
  ColumnWarner warner(table, k, warnings);
  if (scan.is_code()) {
    warner.warn_about_code();
  } else if (table.column(k).type == ColumnType::kText) {
    warner.warn_about_numbers();
    warner.warn_about_dressed_numbers();
    warner.warn_about_dates();
  } else if (scan.is_beyond_64_bits()) {
    warner.warn("integers beyond 64 bits, read as numbers, which keep about 16 digits");
  }
}

}  // namespace ffwd
