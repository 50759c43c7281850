#include "report/chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <ranges>
#include <utility>

#include "core/names.h"
#include "report/axis_scale.h"
#include "report/chart_style.h"

namespace ffwd {

namespace {

constexpr double kWidth = 760.0, kHeight = 440.0;
constexpr double kMargin = 24.0;
constexpr double kTop = 108.0, kBottom = kHeight - 62.0;  // of the plot; title and labels are above and below
constexpr double kLabelGap = 18.0;                        // between the baselines of two labels
constexpr double kLogarithmicFrom = 20.0;                 // largest value over the smallest
constexpr std::size_t kMostPointsWithDots = 15;
constexpr double kLargest = 1e100;

struct Range {
  double low = std::numeric_limits<double>::infinity();
  double high = -std::numeric_limits<double>::infinity();
  void include(double value) {
    low = std::min(low, value);
    high = std::max(high, value);
  }
};

bool is_shown(const Point& point) { return std::abs(point.y) <= kLargest; }

double error_at(const ChartSeries& series, std::size_t k) { return series.errors.empty() ? 0 : series.errors[k]; }

/// Everything that the parts of the picture are placed by.
struct Plot {
  double left, right;
  AxisScale x, y;
  [[nodiscard]] Point place(const Point& point) const {
    return {x(point.x), is_shown(point) ? y(point.y) : std::numeric_limits<double>::quiet_NaN()};
  }
};

AxisScale y_scale(const Chart& chart) {
  Range range;
  for (const ChartSeries& series : chart.series)
    for (std::size_t k = 0; k < series.points.size(); ++k) {
      if (!is_shown(series.points[k])) continue;
      range.include(series.points[k].y - error_at(series, k));
      range.include(series.points[k].y + error_at(series, k));
    }
  if (!(range.low <= range.high)) range = {0.0, 1.0};
  const AxisRoom room = {.first_pixel = kBottom, .last_pixel = kTop, .n_ticks = 6};
  const bool logarithmic = range.low > 1.0 / kLargest && range.high > kLogarithmicFrom * range.low;
  return logarithmic ? AxisScale::logarithmic(range.low, range.high, room)
                     : AxisScale::linear(range.low, range.high, room);
}

AxisScale x_scale(const Chart& chart, double left, double right) {
  Range range;
  for (const ChartSeries& series : chart.series)
    for (const Point& point : series.points) range.include(point.x);
  if (!(range.low <= range.high)) range = {1.0, 1.0};
  if (chart.x_is_logarithmic) {
    return AxisScale::logarithmic(range.low, range.high, {.first_pixel = left, .last_pixel = right, .n_ticks = 10});
  }
  return AxisScale::counted(static_cast<std::size_t>(range.low), static_cast<std::size_t>(range.high),
                            {.first_pixel = left, .last_pixel = right, .n_ticks = 10});
}

Plot layout(const Chart& chart) {
  AxisScale y = y_scale(chart);
  double tick_width = 0.0, label_width = 0.0;
  for (const Tick& tick : y.ticks()) tick_width = std::max(tick_width, text_width(tick.label, kTickSize));
  for (const ChartSeries& series : chart.series)
    label_width = std::max(label_width, text_width(series.label, kTextSize));
  const double left = kMargin + tick_width + 10.0;
  const double right = kWidth - kMargin - label_width - 12.0;
  return {left, right, x_scale(chart, left, right), std::move(y)};
}

/// A text of a user, cut where it would leave the picture.
std::string fitted(std::string_view content, double font_size) {
  return shorten(content, static_cast<std::size_t>((kWidth - 2 * kMargin) / text_width("x", font_size)));
}

std::string titles(const Chart& chart) {
  return svg_text("title", {kMargin, 38.0}, fitted(chart.title, kTitleSize)) +
         svg_text("subtitle", {kMargin, 60.0}, fitted(chart.subtitle, kTextSize));
}

std::string y_axis(const Chart& chart, const Plot& plot) {
  // The label stands above the axis, where it is read without turning the head.
  std::string out =
      svg_text("label", {kMargin, kTop - 16.0}, chart.y_label + (plot.y.is_logarithmic() ? ", logarithmic scale" : ""));
  std::string grid;
  for (const Tick& tick : plot.y.ticks()) {
    const double y = plot.y(tick.value);
    grid += fmt::format("M{} {}H{}", svg_number(plot.left), svg_number(y), svg_number(plot.right));
    out += svg_text("tick", {plot.left - 10.0, y + 4.0}, tick.label, "end");
  }
  return svg_line("grid", 1, grid) + out;
}

std::string x_axis(const Chart& chart, const Plot& plot) {
  std::string line = fmt::format("M{} {}H{}", svg_number(plot.left), svg_number(kBottom), svg_number(plot.right));
  std::string out;
  for (const Tick& tick : plot.x.ticks()) {
    const double x = plot.x(tick.value);
    line += fmt::format("M{} {}v5", svg_number(x), svg_number(kBottom));
    out += svg_text("tick", {x, kBottom + 20.0}, tick.label, "middle");
  }
  return svg_line("axis", 1, line) + out +
         svg_text("label", {(plot.left + plot.right) / 2, kBottom + 42.0}, chart.x_label, "middle");
}

std::string error_bars(const ChartSeries& series, const Plot& plot, std::size_t colour) {
  std::string bars;
  for (std::size_t k = 0; k < series.errors.size(); ++k) {
    const Point low = plot.place({series.points[k].x, series.points[k].y - series.errors[k]});
    const Point high = plot.place({series.points[k].x, series.points[k].y + series.errors[k]});
    if (!std::isfinite(low.y) || !std::isfinite(high.y)) continue;
    bars += fmt::format("M{0} {1}h8m-4 0V{2}m-4 0h8", svg_number(low.x - 4), svg_number(low.y), svg_number(high.y));
  }
  return bars.empty() ? "" : svg_line(fmt::format("line-{}", colour), 1, bars);
}

std::string lines(const Chart& chart, const Plot& plot) {
  std::string out;
  for (std::size_t k = 0; k < chart.series.size(); ++k) {
    std::vector<Point> placed;
    for (const Point& point : chart.series[k].points) placed.push_back(plot.place(point));
    const std::size_t colour = k % n_series_colours();
    out += error_bars(chart.series[k], plot, colour);
    out += svg_line(fmt::format("line-{}", colour), 2.25, svg_path(placed));
    if (placed.size() > kMostPointsWithDots) continue;
    for (const Point& point : placed)
      if (std::isfinite(point.y)) out += svg_circle(fmt::format("fill-{}", colour), point, 3.5, 0);
  }
  return out;
}

std::string mark(const ChartMark& mark, const Plot& plot) {
  const Point at = plot.place(mark.at);
  if (!std::isfinite(at.y)) return {};
  const bool right_half = at.x > (plot.left + plot.right) / 2;
  const std::string line = fmt::format("M{} {}V{}", svg_number(at.x), svg_number(kTop), svg_number(kBottom));
  return svg_line("guide", 1, line, " stroke-dasharray=\"2 4\"") +
         svg_circle(fmt::format("point fill-{}", mark.series % n_series_colours()), at, 6, 2) +
         svg_text("note", {at.x + (right_half ? -8.0 : 8.0), kTop + 12.0}, mark.label, right_half ? "end" : "start");
}

struct EndLabel {
  std::size_t series = 0;
  Point at;
};

/// Moves labels that are close together apart, within the height of the plot.
void spread(std::vector<EndLabel>& labels) {
  std::ranges::sort(labels, [](const EndLabel& a, const EndLabel& b) {
    return a.at.y < b.at.y || (a.at.y == b.at.y && a.series < b.series);
  });
  double least = kTop;
  for (EndLabel& label : labels) {
    label.at.y = std::max(label.at.y, least);
    least = label.at.y + kLabelGap;
  }
  double most = kBottom - 4.0;
  for (EndLabel& label : labels | std::views::reverse) {
    label.at.y = std::min(label.at.y, most);
    most = label.at.y - kLabelGap;
  }
}

/// The names of the series, each at the end of its line.
std::string end_labels(const Chart& chart, const Plot& plot) {
  std::vector<EndLabel> labels;
  for (std::size_t k = 0; k < chart.series.size(); ++k) {
    const auto& points = chart.series[k].points;
    const auto last = std::find_if(points.rbegin(), points.rend(), is_shown);
    if (last != points.rend()) labels.push_back({k, plot.place(*last)});
  }
  spread(labels);
  std::string out;
  for (const EndLabel& label : labels)
    out += svg_text(fmt::format("name fill-{}", label.series % n_series_colours()),
                    {label.at.x + 12.0, label.at.y + 4.5}, chart.series[label.series].label);
  return out;
}

}  // namespace

std::string draw(const Chart& chart) {
  const Plot plot = layout(chart);
  std::string out = titles(chart) + y_axis(chart, plot) + x_axis(chart, plot) + lines(chart, plot);
  for (const ChartMark& marked : chart.marks) out += mark(marked, plot);
  return chart_picture(chart.title + ". " + chart.subtitle, kWidth, kHeight, out + end_labels(chart, plot));
}

}  // namespace ffwd
