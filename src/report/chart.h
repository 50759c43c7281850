// A chart of lines over two axes, as an SVG picture: legible in print, on light and dark screens, and by eyes that
// tell colours apart in another way. No scripts, no fonts or pictures from elsewhere.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "report/svg.h"

namespace ffwd {

struct ChartSeries {
  std::string label;          ///< drawn at the line's end
  std::vector<Point> points;  ///< x rising; a point whose y is not finite, or beyond ±1e100, is a gap
  /// How far up and down the bar at each point reaches; empty = there are none.
  std::vector<double> errors = {};
};

/// One point of a series pointed out, with a line down to the x axis.
struct ChartMark {
  std::size_t series = 0;
  Point at;
  std::string label;
};

struct Chart {
  std::string title, subtitle;
  std::string x_label, y_label;   ///< with the unit, if there is one
  bool x_is_logarithmic = false;  ///< and x values are over 0; else they are counts from 1
  std::vector<ChartSeries> series;
  std::vector<ChartMark> marks;
};

/// The picture. Its y axis is logarithmic if all values are above 0 and the largest is over 20 times the smallest;
/// the axis says so.
[[nodiscard]] std::string draw(const Chart& chart);

}  // namespace ffwd
