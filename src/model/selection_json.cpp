#include "model/selection_json.h"

#include <algorithm>
#include <cmath>

#include "core/names.h"

namespace ffwd {
namespace {

Json finite_or_null(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

/// A finite number, or null.
void check_figure(const JsonReader& reader, std::string_view key) {
  if (!reader.value(key).is_null()) static_cast<void>(reader.number(key));
}

void check_cross_validation(const JsonReader& cv, const std::vector<std::string>& known) {
  cv.only({"folds", "metrics"});
  if (cv.count("folds") < 2) cv.refuse("folds", "must be at least 2");
  const JsonReader figures = cv.object("metrics");
  for (const std::string& name : known) {
    const JsonReader figure = figures.object(name);
    figure.only({"mean", "sd", "all"});
    for (const char* key : {"mean", "sd", "all"}) check_figure(figure, key);
  }
  if (cv.value("metrics").size() != known.size()) cv.refuse("metrics", "holds figures that this version does not know");
}

void check_path(const JsonReader& path) {
  path.only({"penalty", "rule", "folds", "points", "best", "chosen"});
  const auto one_of = [&](std::string_view key, std::initializer_list<std::string_view> known) {
    if (std::ranges::find(known, path.text(key)) == known.end()) {
      path.refuse(key, "is '" + shorten(path.text(key)) + "', which this version does not know");
    }
  };
  one_of("penalty", {"l1", "l2"});
  one_of("rule", {"best", "one-se"});
  if (path.count("folds") < 2) path.refuse("folds", "must be at least 2");
  const std::vector<JsonReader> points = path.objects("points");
  for (const JsonReader& point : points) {
    point.only({"lambda", "mean", "standard_error"});
    if (point.number("lambda") <= 0) point.refuse("lambda", "must be over 0");
    check_figure(point, "mean");
    if (point.number("standard_error") < 0) point.refuse("standard_error", "must be at least 0");
  }
  for (const char* key : {"best", "chosen"}) {
    if (path.count(key) >= points.size()) path.refuse(key, "is no number of a point");
  }
}

}  // namespace

Json cross_validation_json(const CrossValidation& cv) {
  Json metrics = Json::object();
  for (const FoldFigure& figure : cv.figures) {
    metrics[figure.name] = {
        {"mean", finite_or_null(figure.mean)}, {"sd", finite_or_null(figure.sd)}, {"all", finite_or_null(figure.all)}};
  }
  return {{"folds", cv.folds}, {"metrics", std::move(metrics)}};
}

Json penalty_path_json(const PenaltyPath& path) {
  Json points = Json::array();
  for (const PenaltyPath::Point& point : path.points) {
    points.push_back(
        {{"lambda", point.lambda}, {"mean", finite_or_null(point.mean)}, {"standard_error", point.standard_error}});
  }
  return {{"penalty", path.penalty},     {"rule", path.rule}, {"folds", path.folds},
          {"points", std::move(points)}, {"best", path.best}, {"chosen", path.chosen}};
}

void check_selection(const JsonReader& training, const std::vector<std::string>& metrics) {
  if (training.has("cross_validation")) check_cross_validation(training.object("cross_validation"), metrics);
  if (training.has("penalty_path")) check_path(training.object("penalty_path"));
}

}  // namespace ffwd
