#include "report/penalty_curve.h"

#include <fmt/format.h>

#include "report/chart.h"
#include "report/number_label.h"

namespace ffwd {

std::string penalty_curve_svg(const PenaltyPath& path, const std::string& title) {
  ChartSeries series{.label = "held out", .points = {}, .errors = {}};
  for (auto point = path.points.rbegin(); point != path.points.rend(); ++point) {
    series.points.push_back({point->lambda, point->mean});
    series.errors.push_back(point->standard_error);
  }
  const PenaltyPath::Point &best = path.points[path.best], &chosen = path.points[path.chosen];
  Chart chart{.title = title,
              .subtitle = fmt::format("{} {}, loss {} ± {} over {} folds", path.penalty, rounded_label(chosen.lambda),
                                      rounded_label(chosen.mean), rounded_label(chosen.standard_error), path.folds),
              .x_label = "penalty " + path.penalty + ", logarithmic scale",
              .y_label = "mean loss of rows held out, ± one standard error",
              .x_is_logarithmic = true,
              .series = {std::move(series)},
              .marks = {}};
  if (path.chosen != path.best) chart.marks.push_back({0, {best.lambda, best.mean}, "best"});
  chart.marks.push_back({0, {chosen.lambda, chosen.mean}, "chosen: " + rounded_label(chosen.lambda)});
  return draw(chart);
}

}  // namespace ffwd
