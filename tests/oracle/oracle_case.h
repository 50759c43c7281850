// The reference vectors: cases from the files of tests/oracle, or of the folder that FFWD_ORACLE_DIR names, and their
// comparison with what was computed. README.md beside the files says what a case holds.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "core/json.h"

namespace ffwd {

struct OracleCase {
  std::string section, id, kind;
  Json spec, inputs, expected, tol;
};

/// The member called `key`, or an empty list.
inline Json member_or_none(const Json& json, const std::string& key) {
  const auto found = json.find(key);
  return found == json.end() ? Json(Json::value_t::array) : *found;
}

/// All cases of all files, by section.
inline const std::map<std::string, std::vector<OracleCase>>& oracle_cases() {
  static const auto all = [] {
    const char* const folder = std::getenv("FFWD_ORACLE_DIR");
    const std::filesystem::path path =
        folder != nullptr ? std::filesystem::path(folder) : std::filesystem::path(FFWD_SOURCE_DIR) / "tests/oracle";
    std::map<std::string, std::vector<OracleCase>> sections;
    for (const auto& entry : std::filesystem::directory_iterator(path)) {
      if (entry.path().extension() != ".json") continue;
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string text{std::istreambuf_iterator<char>(file), {}};
      const Json json = parse_json(text, ErrorKind::kData, entry.path().string());
      for (const Json& c : json.at("cases")) {
        sections[json.at("section")].push_back({.section = json.at("section"),
                                                .id = c.at("id"),
                                                .kind = c.at("kind"),
                                                .spec = c.at("spec"),
                                                .inputs = c.at("inputs"),
                                                .expected = c.at("expected"),
                                                .tol = c.at("tol")});
      }
    }
    return sections;
  }();
  return all;
}

inline void flatten(const Json& json, std::vector<double>& into) {
  if (json.is_structured()) {
    for (const Json& part : json) flatten(part, into);
  } else {
    into.push_back(json.is_null() ? std::nan("") : json.get<double>());
  }
}

/// The numbers of nested lists and objects in their order; null is NaN.
inline std::vector<double> numbers(const Json& json) {
  std::vector<double> all;
  flatten(json, all);
  return all;
}

struct Tolerance {
  double rtol, atol;
  bool elementwise = false;
};

/// The largest excess of |got − expected| over what is tolerated; 0 if there is none.
inline double excess(std::span<const double> got, std::span<const double> expected, const Tolerance& tolerance) {
  double largest = 0, worst = 0;
  for (const double e : expected) largest = std::max(largest, std::abs(e));
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (std::isnan(expected[i]) != std::isnan(got[i])) return std::numeric_limits<double>::infinity();
    if (std::isnan(expected[i])) continue;
    const double allowed = tolerance.atol + tolerance.rtol * (tolerance.elementwise ? std::abs(expected[i]) : largest);
    const double error = std::abs(got[i] - expected[i]);
    if (!(error <= allowed)) worst = std::max(worst, std::isfinite(error) ? error - allowed : HUGE_VAL);
  }
  return worst;
}

/// Compares what was computed with what a case expects, and sees to it that nothing expected is passed over.
class Checker {
 public:
  Checker(const OracleCase& c, const Tolerance& tolerance) : case_(c), tolerance_(tolerance) {}
  /// The case's own tolerance.
  explicit Checker(const OracleCase& c)
      : Checker(c, {c.tol.value("rtol", 0.0), c.tol.value("atol", 0.0), c.tol.value("elementwise", false)}) {}

  void is(const std::string& field, std::span<const double> got) { compare(field, case_.expected.at(field), got); }
  void is(const std::string& field, double got) { is(field, std::span(&got, 1)); }
  void is(const std::string& field, const std::string& part, std::span<const double> got) {
    compare(field + "." + part, case_.expected.at(field).at(part), got);
  }
  /// One of many parts of a field, all of which the caller goes through.
  void is_part(const std::string& field, const std::string& label, const Json& expected, std::span<const double> got) {
    met_.insert(field);
    compare(field + " " + label, expected, got);
  }
  void set_tolerance(const Tolerance& tolerance) { tolerance_ = tolerance; }

  /// A number that is no result to compare with but a bound to keep; what is done with it must fail if it changes.
  double bound(const std::string& field) {
    met_.insert(field);
    return case_.expected.at(field).get<double>();
  }
  void holds(bool condition, const std::string& what) {
    if (!condition) fail(what);
  }
  /// Words beside the numbers.
  void skip_text(const std::string& field) {
    if (case_.expected.at(field).is_string()) met_.insert(field);
  }

  /// What is wrong; empty if all is right and all that the case expects was compared.
  [[nodiscard]] std::string faults() const {
    std::string all = faults_;
    for (const auto& [field, value] : case_.expected.items()) {
      if (met_.contains(field)) continue;
      if (!value.is_object()) {
        all += "\n  " + field + " was not compared";
        continue;
      }
      for (const auto& [part, ignored] : value.items()) {
        if (!met_.contains(field + "." + part)) all += "\n  " + field + "." + part + " was not compared";
      }
    }
    return all.empty() ? "" : case_.id + ":" + all;
  }

 private:
  void compare(const std::string& field, const Json& expected_json, std::span<const double> got) {
    met_.insert(field);
    const std::vector<double> expected = numbers(expected_json);
    if (got.size() != expected.size()) {
      return fail(field + " has " + std::to_string(got.size()) + " numbers, not " + std::to_string(expected.size()));
    }
    if (const double over = excess(got, expected, tolerance_); over > 0) {
      std::size_t worst = 0;
      for (std::size_t i = 0; i < got.size(); ++i) {
        if (!(std::abs(got[i] - expected[i]) <= std::abs(got[worst] - expected[worst]))) worst = i;
      }
      fail(field + "[" + std::to_string(worst) + "] is " + Json(got[worst]).dump() + ", not " +
           Json(expected[worst]).dump());
    }
  }
  void fail(const std::string& what) { faults_ += "\n  " + what; }

  const OracleCase& case_;
  Tolerance tolerance_;
  std::set<std::string> met_;
  std::string faults_;
};

/// What of the vectors a float32 engine is held to.
inline constexpr Tolerance kFloat32Tolerance{.rtol = 1e-5, .atol = 1e-6};

}  // namespace ffwd
