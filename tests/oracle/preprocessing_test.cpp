// The reference values of preprocessing, each case and each field of it through the steps of src/pipeline, in float64.
// The folder of preprocessing.json is FFWD_ORACLE_DIR, or else the one beside this file.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iterator>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/json.h"
#include "core/rows.h"
#include "pipeline/category_encoder.h"
#include "pipeline/imputer.h"
#include "pipeline/piecewise_linear.h"
#include "pipeline/quantile_normal.h"
#include "pipeline/robust.h"
#include "pipeline/robust_smooth_clip.h"
#include "pipeline/standard.h"

namespace ffwd {
namespace {

using Numbers = std::vector<double>;  // NaN stands for a missing value
using Rows = std::vector<Numbers>;

const double kNaN = std::numeric_limits<double>::quiet_NaN();

Json cases() {
  const char* folder = std::getenv("FFWD_ORACLE_DIR");
  const std::string path =
      (folder != nullptr ? folder : FFWD_SOURCE_DIR "/tests/oracle") + std::string("/preprocessing.json");
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file) << path;
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  return parse_json(text, ErrorKind::kData, path).at("cases");
}

/// All numbers of a list, of whatever depth, one after the other; and its shape as text.
void flatten(const Json& json, Numbers& values, std::string& shape) {
  if (!json.is_array()) {
    values.push_back(json.is_null() ? kNaN : json.get<double>());
    return;
  }
  shape += '[';
  for (const Json& element : json) flatten(element, values, shape);
  shape += std::to_string(json.size()) + ']';
}

Numbers numbers(const Json& json) {
  Numbers values;
  std::string shape;
  flatten(json, values, shape);
  return values;
}

/// NaN becomes null, as the file has it.
Json as_json(const Numbers& values) {
  Json json = Json::array();
  for (const double x : values) json.push_back(std::isnan(x) ? Json(nullptr) : Json(x));
  return json;
}

Json as_json(const Rows& rows) {
  Json json = Json::array();
  for (const Numbers& row : rows) json.push_back(as_json(row));
  return json;
}

class Case {
 public:
  explicit Case(const Json& json) : json_(&json) {
    for (const auto& item : json.at("expected").items()) open_.insert(item.key());
    for (const auto& item : json.at("spec").items()) open_.insert("spec: " + item.key());
    for (const auto& item : json.at("inputs").items()) open_.insert("input: " + item.key());
  }

  const Json& spec(const std::string& key) { return taken("spec: " + key, json_->at("spec").at(key)); }
  const Json& input(const std::string& key) { return taken("input: " + key, json_->at("inputs").at(key)); }

  void expect(const std::string& field, const Json& got) {
    SCOPED_TRACE(field);
    if (!json_->at("expected").contains(field)) {
      ADD_FAILURE() << "there is no such field";
      return;
    }
    const Json& wanted = taken(field, json_->at("expected").at(field));
    Numbers a, b;
    std::string shape_a, shape_b;
    flatten(got, a, shape_a);
    flatten(wanted, b, shape_b);
    ASSERT_EQ(shape_a, shape_b);
    double largest = 0.0;
    for (const double x : b)
      if (!std::isnan(x)) largest = std::max(largest, std::abs(x));
    const Json& tol = json_->at("tol");
    const bool elementwise = tol.value("elementwise", false);
    for (std::size_t k = 0; k < a.size(); ++k) {
      ASSERT_EQ(std::isnan(a[k]), std::isnan(b[k])) << k;
      if (std::isnan(a[k])) continue;
      const double size = elementwise ? std::abs(b[k]) : largest;
      ASSERT_LE(std::abs(a[k] - b[k]), tol.at("atol").get<double>() + tol.at("rtol").get<double>() * size)
          << "number " << k << ": " << a[k] << " for " << b[k];
    }
  }
  void expect_texts(const std::string& field, const std::vector<std::string>& got) {
    EXPECT_EQ(Json(got), taken(field, json_->at("expected").at(field))) << field;
  }
  /// That nothing of the case was left aside.
  void close() const {
    for (const std::string& field : open_) ADD_FAILURE() << "'" << field << "' was not looked at";
  }

 private:
  const Json& taken(const std::string& what, const Json& value) {
    open_.erase(what);
    return value;
  }

  const Json* json_;
  std::set<std::string> open_;
};

std::vector<Numbers> columns_of(const Json& matrix) {
  std::vector<Numbers> columns;
  for (const Json& row : matrix) {
    const Numbers values = numbers(row);
    columns.resize(values.size());
    for (std::size_t k = 0; k < values.size(); ++k) columns[k].push_back(values[k]);
  }
  return columns;
}

Rows rows_of(const std::vector<Numbers>& columns) {
  Rows rows(columns.empty() ? 0 : columns[0].size(), Numbers(columns.size()));
  for (std::size_t k = 0; k < columns.size(); ++k)
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i][k] = columns[k][i];
  return rows;
}

Numbers present(Numbers values) {
  std::erase_if(values, [](double x) { return std::isnan(x); });
  return values;
}

/// The same for each value that is there.
Numbers each(Numbers values, const std::function<double(double)>& transform) {
  for (double& x : values)
    if (!std::isnan(x)) x = transform(x);
  return values;
}

/// Fits `step` on each column and transforms both matrices. `fit` returns the step; `state` names its numbers.
template <class Fit, class State>
void check_columns(Case& of, Fit fit, State state) {
  std::map<std::string, Numbers> states;
  std::vector<Numbers> fit_out, new_out;
  const std::vector<Numbers> fresh = columns_of(of.input("new"));
  for (const Numbers& column : columns_of(of.input("fit"))) {
    const auto step = fit(present(column));
    for (const auto& [name, value] : state(step)) states[name].push_back(value);
    const auto transform = [&](double x) { return step.transform(x); };
    new_out.push_back(each(fresh.at(fit_out.size()), transform));
    fit_out.push_back(each(column, transform));
  }
  for (const auto& [name, values] : states) of.expect(name, as_json(values));
  of.expect("fit_out", as_json(rows_of(fit_out)));
  of.expect("new_out", as_json(rows_of(new_out)));
}

using State = std::map<std::string, double>;

void check_standardise(Case& of) {
  struct Fitted {
    Standard step;
    double sd;  // 0 for equal values, which are divided by 1
    [[nodiscard]] double transform(double x) const { return step.transform(x); }
  };
  check_columns(
      of, [](const Numbers& values) { return Fitted{.step = Standard::fit(values), .sd = measure(values).sd}; },
      [](const Fitted& fitted) {
        const Scale& scale = fitted.step.scale();
        return State{{"mean", scale.mean}, {"std", fitted.sd}, {"scale", scale.sd}};
      });
}

void check_robust(Case& of) {
  check_columns(
      of, [](Numbers values) { return Robust::fit(values); },
      [](const Robust& step) {
        const Quartiles& q = step.quartiles();
        return State{{"median", q.median}, {"q25", q.q25}, {"q75", q.q75}, {"scale", step.scale()}};
      });
}

void check_robust_smooth_clip(Case& of) {
  check_columns(
      of, [](Numbers values) { return RobustSmoothClip::fit(values); },
      [](const RobustSmoothClip& step) { return State{{"median", step.median()}, {"factor", step.factor()}}; });
}

void check_imputer(Case& of) {
  std::vector<Imputer> imputers;
  Numbers medians, indicators;
  for (Numbers column : columns_of(of.input("fit"))) {
    imputers.push_back(Imputer::fit(column));
    medians.push_back(imputers.back().median);
    if (imputers.back().marks_missing) indicators.push_back(static_cast<double>(imputers.size() - 1));
  }
  of.expect("median", as_json(medians));
  of.expect("indicator_columns", as_json(indicators));
  for (const std::string part : {"fit", "new"}) {
    std::vector<Numbers> columns = columns_of(of.input(part)), marks;
    for (std::size_t k = 0; k < columns.size(); ++k) {
      Numbers mark;
      for (double& x : columns[k]) {
        mark.push_back(std::isnan(x) ? 1.0 : 0.0);
        x = imputers.at(k).fill(x);
      }
      if (imputers[k].marks_missing) marks.push_back(mark);
    }
    columns.insert(columns.end(), marks.begin(), marks.end());
    of.expect(part + "_out", as_json(rows_of(columns)));
  }
}

void check_smooth_clip(Case& of) { of.expect("y", as_json(each(numbers(of.input("x")), smooth_clip))); }

void check_one_hot(Case& of) {
  const std::string missing = of.spec("missing");
  ASSERT_TRUE(missing == "zeros" || missing == "category");
  std::map<std::string, std::size_t> counts;
  for (const Json& cell : of.input("fit"))
    if (!cell.is_null()) ++counts[cell.get<std::string>()];
  std::vector<LevelCount> levels;
  for (const auto& [text, n] : counts) levels.push_back({.text = text, .n_rows = n});
  std::ranges::reverse(levels);  // their order is the encoder's business
  const CategoryState state = one_hot_zeros(levels, missing == "category");
  of.expect_texts("categories", state.levels);
  const CategoryEncoder encoder(*find_row(encoders(), "category"), "c", ColumnType::kText, state);
  for (const std::string part : {"fit", "new"}) {
    Rows rows;
    for (const Json& cell : of.input(part)) {
      rows.emplace_back(encoder.n_features());
      encoder.encode(cell.is_null() ? CategoryEncoder::kMissing : encoder.kind_of(cell.get<std::string>()),
                     rows.back().data());
    }
    of.expect(part + "_out", as_json(rows));
  }
}

void check_piecewise_linear(Case& of) {
  using Ends = PiecewiseLinear::Ends;
  const PiecewiseLinear step(numbers(of.input("edges")), of.spec("clamp").get<bool>() ? Ends::kClamped : Ends::kOpen);
  Rows rows;
  for (const double x : numbers(of.input("x"))) {
    rows.emplace_back(step.n_features());
    step.transform(x, rows.back().data());
  }
  of.expect("y", as_json(rows));
}

void check_quantile(Case& of) {
  const Numbers cells = numbers(of.input("fit"));
  Numbers values = present(cells);
  const QuantileNormal step = QuantileNormal::fit(values, of.spec("n_quantiles").get<std::size_t>());
  const auto transform = [&](double x) { return step.transform(x); };
  of.expect("quantiles", as_json(step.quantiles()));
  of.expect("fit_out", as_json(each(cells, transform)));
  of.expect("new_out", as_json(each(numbers(of.input("new")), transform)));
}

struct Kind {
  std::string kind;
  void (*check)(Case& of);
};

const std::map<std::string, Kind> kTransforms = {
    {"standardise", {"preprocess", check_standardise}},
    {"robust", {"preprocess", check_robust}},
    {"robust_smooth_clip", {"preprocess", check_robust_smooth_clip}},
    {"impute_median_indicator", {"preprocess", check_imputer}},
    {"smooth_clip", {"preprocess_elementwise", check_smooth_clip}},
    {"one_hot", {"preprocess", check_one_hot}},
    {"ple", {"preprocess_elementwise", check_piecewise_linear}},
    {"quantile_normal", {"preprocess", check_quantile}},
};

TEST(OraclePreprocessing, EveryCaseAndFieldOfItIsReproduced) {
  const Json all = cases();
  ASSERT_FALSE(all.empty());
  for (const Json& json : all) {
    SCOPED_TRACE(json.at("id").get<std::string>());
    Case of(json);
    const auto found = kTransforms.find(of.spec("transform").get<std::string>());
    if (found == kTransforms.end() || found->second.kind != json.at("kind").get<std::string>()) {
      ADD_FAILURE() << "a transform or kind of case that is not known: " << json.at("spec").dump();
      continue;
    }
    found->second.check(of);
    of.close();
  }
}

}  // namespace
}  // namespace ffwd
