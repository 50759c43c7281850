#include "pipeline/category_encoder.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <utility>

#include "core/names.h"
#include "core/raise.h"
#include "core/text.h"
#include "pipeline/column_faults.h"
#include "pipeline/level_hash.h"
#include "pipeline/saved_column.h"

namespace ffwd {

namespace {

constexpr ColumnType kTypes[] = {ColumnType::kText};
constexpr std::int32_t kUnknownYet = -4;
constexpr double kMostRows = 9007199254740992.0;  // 2^53
constexpr std::size_t kMostChosenLevels = 1000;   // of the encodings that are chosen; the usual one has its options
constexpr std::size_t kMostCodes = 100'000;       // of levels
constexpr std::string_view kOneHot = "one_hot", kZeros = "one_hot_zeros", kMissingToo = "one_hot_missing",
                           kOrdinal = "ordinal", kCodes = "codes";
/// The value of the key "form", absent for kOneHot.
constexpr std::array kForms = {std::pair("zeros", CategoryForm::kOneHotZeros),
                               std::pair("ordinal", CategoryForm::kOrdinal), std::pair("codes", CategoryForm::kCodes)};

/// The numbers of the levels, each as often as there are training rows of it.
Scale measure_places(std::span<const double> counts) {
  double n = 0.0, sum = 0.0, squares = 0.0;
  for (std::size_t k = 0; k < counts.size(); ++k) {
    n += counts[k];
    sum += counts[k] * static_cast<double>(k);
  }
  const double mean = sum / n;
  for (std::size_t k = 0; k < counts.size(); ++k)
    squares += counts[k] * (static_cast<double>(k) - mean) * (static_cast<double>(k) - mean);
  return {.mean = mean, .sd = std::sqrt(squares / n)};
}

class BoundCategory final : public BoundColumn {
 public:
  BoundCategory(const CategoryEncoder& encoder, const Column& column, std::size_t n_rows)
      : encoder_(&encoder), column_(&column) {
    // Each distinct text is looked up once, unless that many are not even asked for.
    if (n_rows >= column.text.levels.size()) kind_of_code_.resize(column.text.levels.size(), kUnknownYet);
  }

  bool encode(std::span<const RowIndex> rows, double* out, std::size_t ld, Unseen& unseen) override {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const std::int32_t kind = kind_in(rows[i]);
      encoder_->encode(kind, out + i * ld);
      if (kind != CategoryEncoder::kUnseen) continue;
      if (unseen.n_rows++ == 0) unseen.example = column_->cell(rows[i]);
    }
    return true;
  }

 private:
  std::int32_t kind_in(RowIndex row) {
    if (!has_codes(*column_))
      return column_->is_missing(row) ? CategoryEncoder::kMissing : encoder_->kind_of(column_->cell(row));
    const std::int32_t code = column_->text.codes[row];
    if (code < 0) return CategoryEncoder::kMissing;
    const auto level = static_cast<std::size_t>(code);
    if (kind_of_code_.empty()) return encoder_->kind_of(column_->text.levels[level]);
    std::int32_t& kind = kind_of_code_[level];
    if (kind == kUnknownYet) kind = encoder_->kind_of(column_->text.levels[level]);
    return kind;
  }

  const CategoryEncoder* encoder_;
  const Column* column_;
  std::vector<std::int32_t> kind_of_code_;
};

class CategoryFitter final : public ColumnFitter {
 public:
  explicit CategoryFitter(ColumnToFit column) : column_(std::move(column)) {}

  bool add(const Table& table, std::size_t k, std::span<const RowIndex> rows) override {
    counter_.add(table.column(k), rows);
    return true;
  }

  Fitted finish() override {
    counter_.merge_spellings();
    const std::size_t n_present = counter_.n_present();
    if (n_present == 0) return {.left_out = "all its cells are missing"};
    const std::vector<LevelCount> levels = counter_.sorted();
    const bool is_chosen = !column_.encoding.empty() || column_.as_codes;
    if (!is_chosen && n_present > kFewRows && levels.size() * 2 > n_present)
      return {.left_out = with_thousands(levels.size()) + " of its " + with_thousands(n_present) +
                          " values are distinct, as in a name or an identifier"};
    if (levels.size() == 1 && counter_.n_missing() == 0)
      return {.left_out = "it is constant ('" + shorten(levels.front().text) + "')"};
    CategoryState state = column_.as_codes                              ? coded(levels)
                          : encoding_word(column_.encoding) == kOrdinal ? ordered(levels)
                                                                        : split(levels);
    if (state.levels.empty() && !state.has_missing)
      return {.left_out = "no value occurs in " + std::to_string(column_.options.min_level_rows) + " or more rows"};
    return {.encoder = std::make_unique<CategoryEncoder>(column_.row, column_.name, column_.type, std::move(state))};
  }

 private:
  // Half of so few rows is no sign of an identifier.
  static constexpr std::size_t kFewRows = 20;

  struct Split {
    std::vector<LevelCount> kept;
    std::vector<double> pooled;
  };

  /// The first `most` levels of `fewest` rows or more, and fingerprints of the others.
  static Split split_off(const std::vector<LevelCount>& levels, std::size_t most, std::size_t fewest) {
    Split parts;
    for (const LevelCount& level : levels) {
      if (parts.kept.size() < most && level.n_rows >= fewest)
        parts.kept.push_back(level);
      else
        parts.pooled.push_back(level_hash(level.text));
    }
    std::ranges::sort(parts.pooled);
    parts.pooled.erase(std::unique(parts.pooled.begin(), parts.pooled.end()), parts.pooled.end());
    return parts;
  }

  CategoryState split(const std::vector<LevelCount>& levels) const {
    const bool has_missing = counter_.n_missing() > 0;
    const bool zeros = column_.encoding == kZeros || column_.encoding == kMissingToo;
    Split parts = split_off(levels, zeros ? kMostChosenLevels : column_.options.max_levels,
                            zeros ? 1 : column_.options.min_level_rows);
    CategoryState state = zeros ? one_hot_zeros(std::move(parts.kept), has_missing && column_.encoding == kMissingToo)
                                : state_of(CategoryForm::kOneHot, parts.kept, has_missing);
    state.pooled = std::move(parts.pooled);
    return state;
  }

  CategoryState coded(const std::vector<LevelCount>& levels) const {
    Split parts = split_off(levels, levels.size(), column_.options.min_level_rows);
    if (parts.kept.size() > kMostCodes) {
      raise({.kind = ErrorKind::kData,
             .what = named_column(column_.name) + ": an embedding of " + with_thousands(parts.kept.size()) +
                     " values; the limit is " + with_thousands(kMostCodes),
             .where = "",
             .fix = "put a column in its place that joins values into fewer, or embed another"});
    }
    std::ranges::sort(parts.kept, {}, &LevelCount::text);
    CategoryState state = state_of(CategoryForm::kCodes, parts.kept, counter_.n_missing() > 0);
    state.pooled = std::move(parts.pooled);
    return state;
  }

  /// The levels in the order that was given, or by bytes.
  CategoryState ordered(std::vector<LevelCount> levels) const {
    std::ranges::sort(levels, {}, &LevelCount::text);
    if (levels.size() > kMostChosenLevels) refuse_order("has more than 1,000 values", "encode it in another way");
    if (levels.size() == 1) refuse_order("has one value, which is no order", "encode it in another way");
    const std::size_t colon = column_.encoding.find(':');
    if (colon != std::string::npos) levels = in_order(column_.encoding.substr(colon + 1), levels);
    return state_of(CategoryForm::kOrdinal, levels, counter_.n_missing() > 0);
  }

  [[nodiscard]] std::vector<LevelCount> in_order(std::string_view given, std::vector<LevelCount> levels) const {
    std::vector<LevelCount> order;
    for (std::size_t begin = 0, end = 0; end != std::string_view::npos; begin = end + 1) {
      end = given.find(',', begin);
      const std::string text(given.substr(begin, end == std::string_view::npos ? end : end - begin));
      const auto same = [&](const LevelCount& level) { return level.text == text; };
      if (std::ranges::any_of(order, same)) refuse_order("'" + shorten(text) + "' is there twice", "name it once");
      const auto found = std::ranges::find_if(levels, same);
      order.push_back({.text = text, .n_rows = found == levels.end() ? 0 : found->n_rows});
      if (found != levels.end()) levels.erase(found);
    }
    if (!levels.empty())
      refuse_order("'" + shorten(levels.front().text) + "' has no place in the order", "name all values");
    return order;
  }

  [[noreturn]] void refuse_order(const std::string& what, const std::string& fix) const {
    raise({.kind = ErrorKind::kUsage,
           .what = named_column(column_.name) + ": " + what,
           .where = "--encode",
           .fix = fix + ", as in --encode 'size=ordinal:small,medium,large'"});
  }

  static CategoryState state_of(CategoryForm form, std::span<const LevelCount> levels, bool has_missing) {
    CategoryState state{.form = form, .levels = {}, .counts = {}, .pooled = {}, .has_missing = has_missing};
    for (const LevelCount& level : levels) {
      state.levels.push_back(level.text);
      state.counts.push_back(static_cast<double>(level.n_rows));
    }
    return state;
  }

  ColumnToFit column_;
  LevelCounter counter_;
};

Respelling respelling_of(const std::vector<std::string>& levels) {
  for (const Respelling respelling : {spelled_as_number, spelled_as_boolean})
    if (std::ranges::all_of(levels, [&](const std::string& level) { return respelling(level) == level; }))
      return respelling;
  return nullptr;
}

CategoryForm saved_form(const JsonReader& json) {
  if (!json.has("form")) return CategoryForm::kOneHot;
  const std::string name = json.text("form");
  for (const auto& [known, form] : kForms)
    if (name == known) return form;
  json.refuse("form", "is '" + shorten(name) + "', which is none that this version knows");
}

// Whole numbers up to 2^53 are what float64 holds exactly, and their sum stays finite.
bool is_count(double x, double least) { return x >= least && x <= kMostRows && x == std::floor(x); }

bool is_hash(double x) { return x >= 0.0 && x < kLevelHashes && x == std::floor(x); }

std::unique_ptr<ColumnEncoder> read(const EncoderRow& row, const SavedColumn& saved) {
  saved.json.only({"encoder", "type", "form", "levels", "counts", "pooled", "missing"});
  CategoryState state{.form = saved_form(saved.json),
                      .levels = saved_distinct_texts(saved.json, "levels"),
                      .counts = saved.array("counts"),
                      .pooled = saved.array("pooled"),
                      .has_missing = saved_flag(saved.json, "missing")};
  const CategoryForm form = state.form;
  // A place in an order may have been named that no training row takes.
  const double least = form == CategoryForm::kOrdinal ? 0.0 : 1.0;
  if (state.levels.size() != state.counts.size() ||
      !std::ranges::all_of(state.counts, [&](double count) { return is_count(count, least); }))
    saved.json.refuse("counts", "must hold a number of rows for each level");
  if (form == CategoryForm::kOrdinal && std::ranges::count(state.counts, 0.0) + 1 >= std::ssize(state.counts))
    saved.json.refuse("counts", "must be over 0 for two levels or more");
  if (!std::ranges::all_of(state.pooled, is_hash) ||
      std::ranges::adjacent_find(state.pooled, std::greater_equal()) != state.pooled.end())
    saved.json.refuse("pooled", "must hold rising fingerprints");
  auto encoder = std::make_unique<CategoryEncoder>(row, saved.name, saved.type, std::move(state));
  const std::size_t told_apart = form == CategoryForm::kCodes ? encoder->n_codes() : encoder->n_features();
  if (told_apart < (form == CategoryForm::kOneHot || form == CategoryForm::kCodes ? 2U : 1U))
    saved.json.refuse("levels", "leave nothing to tell apart");
  return encoder;
}

}  // namespace

CategoryState one_hot_zeros(std::vector<LevelCount> levels, bool has_missing) {
  std::ranges::sort(levels, {}, &LevelCount::text);
  CategoryState state{
      .form = CategoryForm::kOneHotZeros, .levels = {}, .counts = {}, .pooled = {}, .has_missing = has_missing};
  for (LevelCount& level : levels) {
    state.levels.push_back(std::move(level.text));
    state.counts.push_back(static_cast<double>(level.n_rows));
  }
  return state;
}

CategoryEncoder::CategoryEncoder(const EncoderRow& row, std::string column, ColumnType type, CategoryState state)
    : ColumnEncoder(row, std::move(column), type), state_(std::move(state)), respelling_(respelling_of(state_.levels)) {
  const double n_rows = std::accumulate(state_.counts.begin(), state_.counts.end(), 0.0);
  for (std::size_t k = 0; k < state_.levels.size(); ++k) {
    index_.emplace(state_.levels[k], static_cast<std::int32_t>(k));
    shares_.push_back(state_.counts[k] / n_rows);
  }
  if (state_.form == CategoryForm::kOrdinal) places_ = measure_places(state_.counts);
}

std::string CategoryEncoder::encoding() const {
  if (state_.form == CategoryForm::kOrdinal) return std::string(kOrdinal);
  if (state_.form == CategoryForm::kCodes) return std::string(kCodes);
  if (state_.form == CategoryForm::kOneHot) return std::string(kOneHot);
  return std::string(state_.has_missing ? kMissingToo : kZeros);
}

std::size_t CategoryEncoder::n_codes() const {
  if (state_.form != CategoryForm::kCodes) return 0;
  return state_.levels.size() + (state_.has_missing ? 1 : 0) + (has_rest() ? 1 : 0);
}

double CategoryEncoder::code_of(std::int32_t kind) const {
  if (kind >= 0) return static_cast<double>(kind);
  if (kind == kMissing && state_.has_missing) return static_cast<double>(state_.levels.size());
  return has_rest() ? static_cast<double>(n_codes() - 1) : -1.0;
}

std::size_t CategoryEncoder::n_features() const {
  if (state_.form == CategoryForm::kCodes) return 1;
  return n_level_features() + (state_.has_missing ? 1 : 0) + (has_rest() ? 1 : 0);
}

std::vector<std::string> CategoryEncoder::feature_names() const {
  if (state_.form == CategoryForm::kCodes) return {column()};
  std::vector<std::string> names;
  if (state_.form == CategoryForm::kOrdinal)
    names.push_back(column());
  else
    for (const std::string& level : state_.levels) names.push_back(column() + " = " + level);
  if (state_.has_missing) names.push_back(column() + ": missing");
  if (has_rest()) names.push_back(column() + ": rare or unknown");
  return names;
}

std::unique_ptr<BoundColumn> CategoryEncoder::bind(const Table& table, std::size_t k, std::size_t n_rows) const {
  return std::make_unique<BoundCategory>(*this, table.column(k), n_rows);
}

std::int32_t CategoryEncoder::kind_of(std::string_view text) const {
  const std::int32_t kind = kind_as_written(text);
  if (kind != kUnseen || respelling_ == nullptr) return kind;
  const std::optional<std::string> spelled = respelling_(text);
  return spelled ? kind_as_written(*spelled) : kUnseen;
}

std::int32_t CategoryEncoder::kind_as_written(std::string_view text) const {
  if (const auto at = index_.find(text); at != index_.end()) return at->second;
  return std::ranges::binary_search(state_.pooled, level_hash(text)) ? kPooled : kUnseen;
}

void CategoryEncoder::encode(std::int32_t kind, double* out) const {
  if (state_.form == CategoryForm::kCodes) {
    out[0] = code_of(kind);
    return;
  }
  std::fill_n(out, n_features(), 0.0);
  if (kind >= 0 && state_.form == CategoryForm::kOrdinal)
    out[0] = places_.standardise(static_cast<double>(kind));
  else if (kind >= 0)
    out[kind] = 1.0;
  else if (kind == kMissing && state_.has_missing)
    out[n_level_features()] = 1.0;
  else if (has_rest())
    out[n_features() - 1] = 1.0;
  else if (state_.form == CategoryForm::kOneHot)
    std::ranges::copy(shares_, out);
}

void CategoryEncoder::write(Json& json, NamedArrays& arrays) const {
  for (const auto& [name, form] : kForms)
    if (state_.form == form) json["form"] = name;
  json["levels"] = state_.levels;
  put_array(json, arrays, column(), "counts", state_.counts);
  put_array(json, arrays, column(), "pooled", state_.pooled);
  json["missing"] = state_.has_missing;
}

extern constinit const EncoderRow category_row{
    .name = "category",
    .summary = "one-hot; rare levels share a feature, which also takes what training did not see; or as its form says",
    .types = kTypes,
    .fit = [](ColumnToFit column) -> std::unique_ptr<ColumnFitter> {
      return std::make_unique<CategoryFitter>(std::move(column));
    },
    .from_json = read,
    .encodings =
        [] {
          return std::vector<std::string>{std::string(kOneHot), std::string(kZeros), std::string(kMissingToo),
                                          std::string(kOrdinal)};
        },
};

}  // namespace ffwd
