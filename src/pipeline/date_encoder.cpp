#include "pipeline/date_encoder.h"

#include <algorithm>

#include "core/cosine.h"
#include "core/names.h"
#include "pipeline/column_faults.h"
#include "pipeline/saved_column.h"
#include "table/ascii.h"

namespace ffwd {

namespace {

constexpr ColumnType kTypes[] = {ColumnType::kDate, ColumnType::kTimestamp};

/// A date has ten characters, a timestamp more.
bool is_date(const std::string& cell) { return trimmed(cell).size() == 10 && parse_instant(trimmed(cell)); }
bool is_moment(const std::string& cell) { return parse_instant(trimmed(cell)).has_value(); }

constexpr Readable kDates{
    .types = std::span(kTypes).first<1>(), .expected = "a date such as 2024-02-29", .fits = is_date};
constexpr Readable kMoments{.types = kTypes, .expected = "a timestamp such as 2024-02-29 23:59", .fits = is_moment};

const Readable& readable(ColumnType type) { return type == ColumnType::kDate ? kDates : kMoments; }

/// Nothing if the cell is missing.
std::optional<Instant> instant_in(const Table& table, std::size_t k, RowIndex row) {
  const Column& column = table.column(k);
  if (column.is_missing(row)) return std::nullopt;
  const auto instant = parse_instant(trimmed(column.text.levels[static_cast<std::size_t>(column.text.codes[row])]));
  if (!instant) raise_unreadable_cell(table, k, row, readable(column.type).expected);
  return instant;
}

class BoundDate final : public BoundColumn {
 public:
  BoundDate(const DateEncoder& encoder, const Table& table, std::size_t k, std::size_t n_rows)
      : encoder_(&encoder), table_(&table), k_(k), n_features_(encoder.n_features()) {
    // Each distinct text is read once, unless that many are not even asked for.
    const std::size_t n_levels = table.column(k).text.levels.size();
    if (n_rows < n_levels) return;
    features_of_code_.resize(n_levels * n_features_);
    is_known_.resize(n_levels, false);
  }

  bool encode(std::span<const RowIndex> rows, double* out, std::size_t ld, Unseen&) override {
    for (std::size_t i = 0; i < rows.size(); ++i) encode_cell(rows[i], out + i * ld);
    return true;
  }

 private:
  void encode_cell(RowIndex row, double* out) {
    if (is_known_.empty() || table_->column(k_).is_missing(row))
      return encoder_->encode(instant_in(*table_, k_, row), out);
    const auto code = static_cast<std::size_t>(table_->column(k_).text.codes[row]);
    double* features = features_of_code_.data() + code * n_features_;
    if (!is_known_[code]) encoder_->encode(instant_in(*table_, k_, row), features);
    is_known_[code] = true;
    std::copy_n(features, n_features_, out);
  }

  const DateEncoder* encoder_;
  const Table* table_;
  std::size_t k_;
  std::size_t n_features_;
  std::vector<double> features_of_code_;
  std::vector<bool> is_known_;
};

class DateFitter final : public ColumnFitter {
 public:
  explicit DateFitter(ColumnToFit column) : column_(std::move(column)) {}

  bool add(const Table& table, std::size_t k, std::span<const RowIndex> rows) override {
    require_readable(table, k, readable(column_.type));
    for (const RowIndex row : rows) {
      const auto instant = instant_in(table, k, row);
      if (instant)
        instants_.push_back(*instant);
      else
        ++n_missing_;
    }
    return true;
  }

  Fitted finish() override {
    if (instants_.empty()) return {.left_out = "all its cells are missing"};
    DateState state{.parts = varying_parts(), .marks_missing = n_missing_ > 0};
    if (!state.parts.empty())
      return {.encoder = std::make_unique<DateEncoder>(column_.row, column_.name, column_.type, std::move(state))};
    if (n_missing_ > 0) return {.encoder = make_indicator(column_.name, column_.type)};
    return {.left_out = "it is constant"};
  }

 private:
  [[nodiscard]] std::vector<DateState::Part> varying_parts() const {
    std::vector<DateState::Part> parts;
    std::vector<double> values(instants_.size());
    for (const CalendarPart& part : calendar_parts()) {
      std::ranges::transform(instants_, values.begin(),
                             [&](const Instant& instant) { return take_apart(instant).*part.value; });
      const Scale scale = measure(values);
      if (scale.sd > 0.0) parts.push_back({&part, part.is_cycle ? Scale{} : scale});
    }
    return parts;
  }

  ColumnToFit column_;
  std::vector<Instant> instants_;
  std::size_t n_missing_ = 0;
};

const CalendarPart& saved_part_kind(const JsonReader& json) {
  const std::string name = json.text("part");
  std::vector<std::string> known;
  for (const CalendarPart& part : calendar_parts()) {
    if (part.name == name) return part;
    known.emplace_back(part.name);
  }
  json.refuse("part", "is not known: " + unknown_name("part of a date", name, known));
}

DateState::Part saved_part(const JsonReader& json) {
  const CalendarPart& part = saved_part_kind(json);
  if (part.is_cycle) {
    json.only({"part"});
    return {.part = &part, .scale = {}};
  }
  json.only({"part", "mean", "sd"});
  return {.part = &part, .scale = saved_scale(json)};
}

std::unique_ptr<ColumnEncoder> read(const EncoderRow& row, const SavedColumn& saved) {
  saved.json.only({"encoder", "type", "parts", "missing"});
  DateState state{.parts = {}, .marks_missing = saved_flag(saved.json, "missing")};
  for (const JsonReader& json : saved.json.objects("parts")) {
    const DateState::Part part = saved_part(json);
    // All parts are elements of one array, so their addresses are in its order.
    if (!state.parts.empty() && part.part <= state.parts.back().part)
      json.refuse("part", "is there twice, or not in its order");
    state.parts.push_back(part);
  }
  if (state.parts.empty()) saved.json.refuse("parts", "must not be empty");
  return std::make_unique<DateEncoder>(row, saved.name, saved.type, std::move(state));
}

/// In units of π, within [-1, 1].
double angle(double fraction) { return fraction > 0.5 ? 2.0 * fraction - 2.0 : 2.0 * fraction; }

}  // namespace

std::size_t DateEncoder::n_features() const {
  std::size_t n = state_.marks_missing ? 1 : 0;
  for (const DateState::Part& part : state_.parts) n += part.part->is_cycle ? 2 : 1;
  return n;
}

std::vector<std::string> DateEncoder::feature_names() const {
  std::vector<std::string> names;
  for (const DateState::Part& part : state_.parts) {
    const std::string name = column() + ": " + std::string(part.part->label);
    if (part.part->is_cycle)
      names.insert(names.end(), {name + " (sine)", name + " (cosine)"});
    else
      names.push_back(name);
  }
  if (state_.marks_missing) names.push_back(column() + ": missing");
  return names;
}

std::unique_ptr<BoundColumn> DateEncoder::bind(const Table& table, std::size_t k, std::size_t n_rows) const {
  require_readable(table, k, readable(type()));
  return std::make_unique<BoundDate>(*this, table, k, n_rows);
}

void DateEncoder::encode(const std::optional<Instant>& cell, double* out) const {
  std::fill_n(out, n_features(), 0.0);
  if (!cell) {
    if (state_.marks_missing) out[n_features() - 1] = 1.0;
    return;
  }
  const Moment moment = take_apart(*cell);
  for (const DateState::Part& part : state_.parts) {
    const double value = moment.*part.part->value;
    if (part.part->is_cycle) {
      *out++ = sin_pi(angle(value));
      *out++ = cos_pi(angle(value));
    } else {
      *out++ = part.scale.standardise(value);
    }
  }
}

void DateEncoder::write(Json& json, NamedArrays&) const {
  json["parts"] = Json::array();
  for (const DateState::Part& part : state_.parts) {
    Json entry = {{"part", part.part->name}};
    if (!part.part->is_cycle) {
      entry["mean"] = part.scale.mean;
      entry["sd"] = part.scale.sd;
    }
    json["parts"].push_back(std::move(entry));
  }
  json["missing"] = state_.marks_missing;
}

extern constinit const EncoderRow date_row{
    .name = "date",
    .summary = "year and running time standardised, month, day of year, weekday and time of day as sine and cosine",
    .types = kTypes,
    .fit = [](ColumnToFit column) -> std::unique_ptr<ColumnFitter> {
      return std::make_unique<DateFitter>(std::move(column));
    },
    .from_json = read,
};

}  // namespace ffwd
