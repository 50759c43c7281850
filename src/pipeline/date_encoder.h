// DateEncoder: a column of dates or timestamps as the parts of the calendar that vary in training: year and running
// time standardised, cycles (month, day of year, weekday, time of day) as sine and cosine, so that December is next to
// January. A missing cell is 0 in all of them, the middle of each.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/calendar.h"
#include "pipeline/column_encoder.h"
#include "pipeline/scale.h"

namespace ffwd {

struct DateState {
  struct Part {
    const CalendarPart* part = nullptr;
    Scale scale;  ///< of parts that are not cycles
  };
  std::vector<Part> parts;     ///< in the order of calendar_parts()
  bool marks_missing = false;  ///< training had missing cells: a last feature is 1 where the cell is missing
};

class DateEncoder final : public ColumnEncoder {
 public:
  DateEncoder(const EncoderRow& row, std::string column, ColumnType type, DateState state)
      : ColumnEncoder(row, std::move(column), type), state_(std::move(state)) {}

  [[nodiscard]] std::size_t n_features() const override;
  [[nodiscard]] std::vector<std::string> feature_names() const override;
  [[nodiscard]] std::unique_ptr<BoundColumn> bind(const Table& table, std::size_t k, std::size_t n_rows) const override;
  void write(Json& json, NamedArrays& arrays) const override;

  /// Writes the features of a cell; nothing = missing.
  void encode(const std::optional<Instant>& cell, double* out) const;

 private:
  DateState state_;
};

}  // namespace ffwd
