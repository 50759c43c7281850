#include "pipeline/numeric_encoder.h"

#include <algorithm>
#include <cmath>

#include "core/text.h"
#include "pipeline/number_reader.h"
#include "pipeline/saved_column.h"
#include "table/ascii.h"

namespace ffwd {

namespace {

constexpr ColumnType kTypes[] = {ColumnType::kInteger, ColumnType::kNumber};
bool reads_as_boolean(const std::string& cell) {
  const std::string_view text = trimmed(cell);
  return text == "0" || text == "1" || equal_ignoring_case(text, "true") || equal_ignoring_case(text, "false");
}

const Readable& readable_as(ColumnType type) {
  static const Readable booleans{
      .types = readable_as_number().types, .expected = "true or false", .fits = reads_as_boolean};
  return type == ColumnType::kBoolean ? booleans : readable_as_number();
}

std::string constant(double value, ColumnType type) {
  if (type != ColumnType::kBoolean) return "it is constant (" + shortest(value) + ")";
  return value == 0.0 ? "it is constant (false)" : "it is constant (true)";
}

class BoundNumeric final : public BoundColumn {
 public:
  BoundNumeric(const Table& table, std::size_t k, const NumericState& state, bool only_0_and_1)
      : table_(&table), k_(k), reader_(table.column(k)), state_(state), only_0_and_1_(only_0_and_1) {}

  bool encode(std::span<const RowIndex> rows, double* out, std::size_t ld, Unseen&) override {
    values_.resize(rows.size());
    reader_.read(rows, values_);
    if (only_0_and_1_) require_0_or_1(rows);
    const double filler = state_.scale.standardise(state_.median);
    bool finite = true;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const double x = values_[i];
      const bool missing = std::isnan(x);
      finite &= !std::isinf(x);
      out[i * ld] = missing ? filler : state_.scale.standardise(x);
      if (state_.marks_missing) out[i * ld + 1] = missing ? 1.0 : 0.0;
    }
    return finite;
  }

 private:
  void require_0_or_1(std::span<const RowIndex> rows) const {
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (!std::isnan(values_[i]) && values_[i] != 0.0 && values_[i] != 1.0)
        raise_unreadable_cell(*table_, k_, rows[i], readable_as(ColumnType::kBoolean).expected);
  }

  const Table* table_;
  std::size_t k_;
  NumberReader reader_;
  NumericState state_;
  bool only_0_and_1_;
  std::vector<double> values_;
};

class NumericFitter final : public ColumnFitter {
 public:
  explicit NumericFitter(ColumnToFit column) : column_(std::move(column)) {}

  bool add(const Table& table, std::size_t k, std::span<const RowIndex> rows) override {
    require_readable(table, k, readable_as_number());
    if (rows.empty()) return true;
    watch_numbering(table.column(k), rows);
    const std::size_t before = values_.size();
    values_.resize(before + rows.size());
    const std::span<double> added = std::span(values_).subspan(before);
    NumberReader(table.column(k)).read(rows, added);
    bool finite = true;
    for (const double x : added) finite &= !std::isinf(x);
    const auto end = std::remove_if(values_.begin() + static_cast<std::ptrdiff_t>(before), values_.end(),
                                    [](double x) { return std::isnan(x); });
    n_missing_ += static_cast<std::size_t>(values_.end() - end);
    values_.erase(end, values_.end());
    return finite;
  }

  Fitted finish() override {
    if (values_.empty()) return {.left_out = "all its cells are missing"};
    const NumericState state{.scale = measure(values_), .median = median(values_), .marks_missing = n_missing_ > 0};
    if (state.scale.sd == 0.0) {
      if (n_missing_ > 0) return {.encoder = make_indicator(column_.name, column_.type)};
      return {.left_out = constant(state.median, column_.type)};
    }
    return {.encoder = std::make_unique<NumericEncoder>(column_.row, column_.name, column_.type, state),
            .numbers_the_rows = numbers_rows_};
  }

 private:
  /// Exactly, in integers: as float64, large ones would run together.
  void watch_numbering(const Column& column, std::span<const RowIndex> rows) {
    numbers_rows_ = numbers_rows_ && column.type == ColumnType::kInteger;
    if (!numbers_rows_) return;
    const auto offset = [&](RowIndex row) { return static_cast<std::uint64_t>(column.integers[row]) - row; };
    if (values_.empty()) offset_ = offset(rows.front());
    for (const RowIndex row : rows) numbers_rows_ = numbers_rows_ && !column.is_missing(row) && offset(row) == offset_;
  }

  ColumnToFit column_;
  std::vector<double> values_;
  std::size_t n_missing_ = 0;
  bool numbers_rows_ = true;
  std::uint64_t offset_ = 0;
};

}  // namespace

std::vector<std::string> NumericEncoder::feature_names() const {
  std::vector<std::string> names = {column()};
  if (state_.marks_missing) names.push_back(column() + ": missing");
  return names;
}

std::unique_ptr<BoundColumn> NumericEncoder::bind(const Table& table, std::size_t k, std::size_t) const {
  require_readable(table, k, readable_as(type()));
  return std::make_unique<BoundNumeric>(table, k, state_, type() == ColumnType::kBoolean);
}

void NumericEncoder::write(Json& json, NamedArrays&) const {
  json["mean"] = state_.scale.mean;
  json["sd"] = state_.scale.sd;
  json["median"] = state_.median;
  json["missing"] = state_.marks_missing;
}

std::unique_ptr<ColumnFitter> NumericEncoder::fitter(ColumnToFit column) {
  return std::make_unique<NumericFitter>(std::move(column));
}

std::unique_ptr<ColumnEncoder> NumericEncoder::read(const EncoderRow& row, const SavedColumn& saved) {
  saved.json.only({"encoder", "type", "mean", "sd", "median", "missing"});
  const NumericState state{.scale = saved_scale(saved.json),
                           .median = saved.json.number("median"),
                           .marks_missing = saved_flag(saved.json, "missing")};
  return std::make_unique<NumericEncoder>(row, saved.name, saved.type, state);
}

extern constinit const EncoderRow numeric_row{
    .name = "numeric",
    .summary = "standardised; missing cells take the median and are marked by a second feature",
    .types = kTypes,
    .fit = NumericEncoder::fitter,
    .from_json = NumericEncoder::read,
};

}  // namespace ffwd
