#include "pipeline/numeric_encoder.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/names.h"
#include "core/rows.h"
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
      : table_(&table), k_(k), reader_(table.column(k)), state_(&state), only_0_and_1_(only_0_and_1) {}

  bool encode(std::span<const RowIndex> rows, double* out, std::size_t ld, Unseen& unseen) override {
    read(rows);
    bool finite = true;
    for (const double x : values_) finite &= !std::isinf(x);
    if (!finite) return false;
    if (state_->imputer.marks_missing) {
      double* const marks = out + state_->step->n_features();
      for (std::size_t i = 0; i < rows.size(); ++i) marks[i * ld] = std::isnan(values_[i]) ? 1.0 : 0.0;
    }
    for (double& x : values_) x = state_->imputer.fill(x);
    if (state_->range) {
      for (double& x : values_) x = bounded(*state_->range, x, unseen);
    }
    state_->step->encode(values_, out, ld);
    return true;
  }

  [[nodiscard]] bool takes_numbers() const override { return !only_0_and_1_; }

  bool encode_number(double x, double* out, Unseen& unseen) override {
    x += 0.0;  // as NumberReader does
    if (std::isinf(x)) return false;
    const NumericStep& step = *state_->step;
    if (state_->imputer.marks_missing) out[step.n_features()] = std::isnan(x) ? 1.0 : 0.0;
    x = state_->imputer.fill(x);
    if (state_->range) x = bounded(*state_->range, x, unseen);
    step.encode({&x, 1}, out, 1);
    return true;
  }

  void slopes(std::span<const RowIndex> rows, double* out, std::size_t ld) override {
    read(rows);
    std::vector<std::size_t> flat;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const double x = values_[i];
      const bool is_bounded = state_->range && state_->range->bounded && state_->range->is_far(x);
      if (!std::isfinite(x) || is_bounded) flat.push_back(i);
      if (!std::isfinite(x)) values_[i] = state_->imputer.median;
    }
    state_->step->slopes(values_, out, ld);
    for (const std::size_t i : flat) std::fill_n(out + i * ld, state_->step->n_features(), 0.0);
  }

 private:
  void read(std::span<const RowIndex> rows) {
    values_.resize(rows.size());
    reader_.read(rows, values_);
    if (only_0_and_1_) require_0_or_1(rows);
  }

  static double bounded(const ValueRange& range, double x, Unseen& far) {
    if (!range.is_far(x)) return x;
    if (far.n_rows++ == 0) far.example = shortest(x);
    return range.bound(x);
  }

  void require_0_or_1(std::span<const RowIndex> rows) const {
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (!std::isnan(values_[i]) && values_[i] != 0.0 && values_[i] != 1.0)
        raise_unreadable_cell(*table_, k_, rows[i], readable_as(ColumnType::kBoolean).expected);
  }

  const Table* table_;
  std::size_t k_;
  NumberReader reader_;
  const NumericState* state_;
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
    const Scale scale = measure(values_);
    const double middle = median(values_);
    if (scale.sd == 0.0) {
      if (n_missing_ > 0) return {.encoder = make_indicator(column_.name, column_.type)};
      return {.left_out = constant(middle, column_.type)};
    }
    NumericState state{.step = chosen_step().fit(scale, values_),
                       .imputer = {.median = middle, .marks_missing = n_missing_ > 0},
                       .range = std::nullopt};
    if (column_.type != ColumnType::kBoolean) state.range = ValueRange::of(values_, scale, column_.options.bound);
    std::string caution = state.step->caution();
    return {.encoder = std::make_unique<NumericEncoder>(column_.row, column_.name, column_.type, std::move(state)),
            .numbers_the_rows = numbers_rows_,
            .caution = std::move(caution)};
  }

 private:
  [[nodiscard]] const NumericStepRow& chosen_step() const {
    return *find_row(numeric_steps(), column_.encoding.empty() ? kDefaultStep : std::string_view(column_.encoding));
  }

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

ValueRange saved_range(const JsonReader& json) {
  json.only({"low", "high", "least", "most", "bounded"});
  const ValueRange range{.low = json.number("low"),
                         .high = json.number("high"),
                         .least = json.number("least"),
                         .most = json.number("most"),
                         .bounded = saved_flag(json, "bounded")};
  if (!(range.least <= range.low && range.low < range.high && range.high <= range.most))
    json.refuse("", "must rise from least over low and high to most");
  return range;
}

Json range_json(const ValueRange& range) {
  return {{"low", range.low},
          {"high", range.high},
          {"least", range.least},
          {"most", range.most},
          {"bounded", range.bounded}};
}

/// The usual step stands among the keys of the column, as it did when there was no other.
std::unique_ptr<NumericStep> saved_step(const SavedColumn& saved) {
  if (!saved.json.has("step")) return find_row(numeric_steps(), kDefaultStep)->from_json(saved);
  const JsonReader json = saved.json.object("step");
  for (const char* key : {"mean", "sd"})
    if (saved.json.has(key)) saved.json.refuse(key, "does not go with a step");
  const std::string name = json.text("name");
  const NumericStepRow* row = name == kDefaultStep ? nullptr : find_row(numeric_steps(), name);
  if (row == nullptr) json.refuse("name", "is not known: " + unknown_name("step", name, row_names(numeric_steps())));
  return row->from_json({.name = saved.name, .type = saved.type, .json = json, .shelf = saved.shelf});
}

}  // namespace

std::size_t NumericEncoder::n_features() const {
  return state_.step->n_features() + (state_.imputer.marks_missing ? 1 : 0);
}

std::vector<std::string> NumericEncoder::feature_names() const {
  std::vector<std::string> names = state_.step->feature_names(column());
  if (state_.imputer.marks_missing) names.push_back(column() + ": missing");
  return names;
}

std::unique_ptr<BoundColumn> NumericEncoder::bind(const Table& table, std::size_t k, std::size_t) const {
  require_readable(table, k, readable_as(type()));
  return std::make_unique<BoundNumeric>(table, k, state_, type() == ColumnType::kBoolean);
}

void NumericEncoder::write(Json& json, NamedArrays& arrays) const {
  if (encoding() == kDefaultStep) {
    state_.step->write(json, arrays, column());
  } else {
    json["step"] = {{"name", encoding()}};
    state_.step->write(json["step"], arrays, column());
  }
  json["median"] = state_.imputer.median;
  json["missing"] = state_.imputer.marks_missing;
  if (state_.range) json["range"] = range_json(*state_.range);
}

std::unique_ptr<ColumnFitter> NumericEncoder::fitter(ColumnToFit column) {
  return std::make_unique<NumericFitter>(std::move(column));
}

std::unique_ptr<ColumnEncoder> NumericEncoder::read(const EncoderRow& row, const SavedColumn& saved) {
  saved.json.only({"encoder", "type", "step", "mean", "sd", "median", "missing", "range"});
  NumericState state{
      .step = saved_step(saved),
      .imputer = {.median = saved.json.number("median"), .marks_missing = saved_flag(saved.json, "missing")},
      .range = std::nullopt};
  if (saved.json.has("range")) {
    if (saved.type == ColumnType::kBoolean) saved.json.refuse("range", "is for numbers only");
    state.range = saved_range(saved.json.object("range"));
  }
  return std::make_unique<NumericEncoder>(row, saved.name, saved.type, std::move(state));
}

extern constinit const EncoderRow numeric_row{
    .name = "numeric",
    .summary = "standardised, or as its step says; missing cells take the median and are marked by a last feature",
    .types = kTypes,
    .fit = NumericEncoder::fitter,
    .from_json = NumericEncoder::read,
    .encodings = [] { return row_names(numeric_steps()); },
};

}  // namespace ffwd
