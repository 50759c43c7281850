#include "pipeline/category_encoder.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/names.h"
#include "core/text.h"
#include "pipeline/level_counter.h"
#include "pipeline/level_hash.h"
#include "pipeline/saved_column.h"

namespace ffwd {

namespace {

constexpr ColumnType kTypes[] = {ColumnType::kText};
constexpr std::int32_t kUnknownYet = -4;
constexpr double kMostRows = 9007199254740992.0;  // 2^53

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
    if (n_present > kFewRows && levels.size() * 2 > n_present)
      return {.left_out = with_thousands(levels.size()) + " of its " + with_thousands(n_present) +
                          " values are distinct, as in a name or an identifier"};
    if (levels.size() == 1 && counter_.n_missing() == 0)
      return {.left_out = "it is constant ('" + shorten(levels.front().text) + "')"};
    CategoryState state = split(levels);
    if (state.levels.empty() && !state.has_missing)
      return {.left_out = "no value occurs in " + std::to_string(column_.options.min_level_rows) + " or more rows"};
    return {.encoder = std::make_unique<CategoryEncoder>(column_.row, column_.name, column_.type, std::move(state))};
  }

 private:
  // Half of so few rows is no sign of an identifier.
  static constexpr std::size_t kFewRows = 20;

  CategoryState split(const std::vector<LevelCount>& levels) const {
    CategoryState state{.levels = {}, .counts = {}, .pooled = {}, .has_missing = counter_.n_missing() > 0};
    for (const LevelCount& level : levels) {
      if (state.levels.size() < column_.options.max_levels && level.n_rows >= column_.options.min_level_rows) {
        state.levels.push_back(level.text);
        state.counts.push_back(static_cast<double>(level.n_rows));
      } else {
        state.pooled.push_back(level_hash(level.text));
      }
    }
    std::ranges::sort(state.pooled);
    state.pooled.erase(std::unique(state.pooled.begin(), state.pooled.end()), state.pooled.end());
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

// Whole numbers up to 2^53 are what float64 holds exactly, and their sum stays finite.
bool is_count(double x) { return x >= 1.0 && x <= kMostRows && x == std::floor(x); }

bool is_hash(double x) { return x >= 0.0 && x < kLevelHashes && x == std::floor(x); }

std::unique_ptr<ColumnEncoder> read(const EncoderRow& row, const SavedColumn& saved) {
  saved.json.only({"encoder", "type", "levels", "counts", "pooled", "missing"});
  CategoryState state{.levels = saved_distinct_texts(saved.json, "levels"),
                      .counts = saved.array("counts"),
                      .pooled = saved.array("pooled"),
                      .has_missing = saved_flag(saved.json, "missing")};
  if (state.levels.size() != state.counts.size() || !std::ranges::all_of(state.counts, is_count))
    saved.json.refuse("counts", "must hold a number of rows for each level");
  if (!std::ranges::all_of(state.pooled, is_hash) ||
      std::ranges::adjacent_find(state.pooled, std::greater_equal()) != state.pooled.end())
    saved.json.refuse("pooled", "must hold rising fingerprints");
  auto encoder = std::make_unique<CategoryEncoder>(row, saved.name, saved.type, std::move(state));
  if (encoder->n_features() < 2) saved.json.refuse("levels", "leave nothing to tell apart");
  return encoder;
}

}  // namespace

CategoryEncoder::CategoryEncoder(const EncoderRow& row, std::string column, ColumnType type, CategoryState state)
    : ColumnEncoder(row, std::move(column), type), state_(std::move(state)), respelling_(respelling_of(state_.levels)) {
  const double n_rows = std::accumulate(state_.counts.begin(), state_.counts.end(), 0.0);
  for (std::size_t k = 0; k < state_.levels.size(); ++k) {
    index_.emplace(state_.levels[k], static_cast<std::int32_t>(k));
    shares_.push_back(state_.counts[k] / n_rows);
  }
}

std::size_t CategoryEncoder::n_features() const {
  return state_.levels.size() + (state_.has_missing ? 1 : 0) + (state_.pooled.empty() ? 0 : 1);
}

std::vector<std::string> CategoryEncoder::feature_names() const {
  std::vector<std::string> names;
  for (const std::string& level : state_.levels) names.push_back(column() + " = " + level);
  if (state_.has_missing) names.push_back(column() + ": missing");
  if (!state_.pooled.empty()) names.push_back(column() + ": rare or unknown");
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
  const std::size_t n_levels = state_.levels.size();
  std::fill_n(out, n_features(), 0.0);
  if (kind >= 0)
    out[kind] = 1.0;
  else if (kind == kMissing && state_.has_missing)
    out[n_levels] = 1.0;
  else if (!state_.pooled.empty())
    out[n_features() - 1] = 1.0;
  else
    std::ranges::copy(shares_, out);
}

void CategoryEncoder::write(Json& json, NamedArrays& arrays) const {
  json["levels"] = state_.levels;
  put_array(json, arrays, column(), "counts", state_.counts);
  put_array(json, arrays, column(), "pooled", state_.pooled);
  json["missing"] = state_.has_missing;
}

extern constinit const EncoderRow category_row{
    .name = "category",
    .summary = "one-hot; rare levels share a feature, which also takes what training did not see",
    .types = kTypes,
    .fit = [](ColumnToFit column) -> std::unique_ptr<ColumnFitter> {
      return std::make_unique<CategoryFitter>(std::move(column));
    },
    .from_json = read,
};

}  // namespace ffwd
