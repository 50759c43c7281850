#include "pipeline/row_encoder.h"

#include <limits>
#include <numeric>
#include <utility>

#include "pipeline/column_faults.h"

namespace ffwd {
namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

Column one_cell(const std::string& name, ColumnType type) {
  Column column{.name = name, .n_rows = 1};
  const bool is_text = type == ColumnType::kText || type == ColumnType::kDate || type == ColumnType::kTimestamp;
  if (!is_text) {
    column.type = ColumnType::kNumber;
    column.numbers = {kMissing};
    return column;
  }
  column.type = type;
  // A level more than there are rows: then encoders look each cell up, and remember none.
  column.text = {.codes = {-1}, .levels = {"", ""}};
  return column;
}

}  // namespace

RowEncoder::RowEncoder(const Pipeline& pipeline) : features_(pipeline.n_features()) {
  row_.source = "row";
  for (const auto& encoder : pipeline.encoders()) row_.add(one_cell(encoder->column(), encoder->type()));
  std::size_t first = 0;
  for (std::size_t k = 0; k < row_.n_columns(); ++k) {
    bound_.push_back(pipeline.encoders()[k]->bind(row_, k, 1));
    const bool is_number = row_.column(k).type == ColumnType::kNumber;
    kinds_.push_back(!is_number ? Kind::kText : bound_.back()->takes_numbers() ? Kind::kNumber : Kind::kNumberOfTable);
    first_feature_.push_back(first);
    first += pipeline.encoders()[k]->n_features();
  }
  numbers_.assign(row_.n_columns(), kMissing);
}

void RowEncoder::set_text(std::size_t column, std::string_view value) {
  Coded& text = row_.edit(column).text;
  text.levels[0] = value;
  text.codes[0] = 0;
}

void RowEncoder::set_missing(std::size_t column) {
  if (takes_text(column)) {
    row_.edit(column).text.codes[0] = -1;
  } else {
    set_number(column, kMissing);
  }
}

std::span<const double> RowEncoder::encode() {
  constexpr RowIndex kRow[] = {0};
  unseen_.n_rows = 1;  // of many such cells nobody asks for an example
  bool finite = true;
  for (std::size_t k = 0; k < bound_.size(); ++k) {
    double* const out = features_.data() + first_feature_[k];
    finite &= kinds_[k] == Kind::kNumber ? bound_[k]->encode_number(numbers_[k], out, unseen_)
                                         : bound_[k]->encode(kRow, out, features_.size(), unseen_);
  }
  if (!finite) {
    for (std::size_t k = 0; k < bound_.size(); ++k) {
      if (kinds_[k] == Kind::kNumber) row_.edit(k).numbers[0] = numbers_[k];  // for the message
    }
    std::vector<std::size_t> columns(bound_.size());
    std::iota(columns.begin(), columns.end(), std::size_t{0});
    raise_first_infinite(row_, columns, kRow);
  }
  return features_;
}

}  // namespace ffwd
