#include "report/unit_curves.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <span>

#include "core/aligned.h"
#include "core/text.h"
#include "kernels/kernels.h"
#include "kernels/layout.h"
#include "network/derivatives.h"
#include "report/chart_style.h"
#include "report/svg.h"

namespace ffwd {
namespace {

constexpr double kMargin = 24, kTop = 104;
constexpr std::size_t kColumns = 4;
constexpr double kPanelWidth = 220, kPlotHeight = 150, kPanelHeight = 216, kPanelGap = 22, kTickRoom = 14;
constexpr double kLow = -2, kHigh = 4.25;  // of all values and slopes over -4 … 4
constexpr int kSteps = 25;                 // points from one whole number to the next: all kinks are at whole numbers
constexpr int kReach = 4;
constexpr double kJump = 0.1, kCurveJump = 0.5;  // smooth curves change less from point to point

/// A unit and its derivatives at some places.
struct Curves {
  AlignedVector<double> z, value, slope, curve;
  bool curved = true;  ///< the second derivative is not 0 everywhere
};

using CurvesAt = std::function<Curves(const std::vector<double>& places)>;

Curves curves_of(const UnitRow& unit, const std::vector<double>& places) {
  const Kernels<double>& k = kernels<double>();
  const std::size_t n = places.size(), ld = padded<double>(n);
  Curves c{.z = AlignedVector<double>(ld), .value = {}, .slope = {}, .curve = {}};
  std::ranges::copy(places, c.z.begin());
  c.value = c.z;
  c.slope.resize(ld);
  c.curve.resize(ld);
  std::fill_n(c.slope.begin(), n, 1.0);
  const double p = unit.default_parameter;
  if (const auto value = k.unit_value[unit.index]) value(c.z.data(), ld, c.value.data(), ld, 1, n, p);
  const double* const s = unit.slope_from_output ? c.value.data() : c.z.data();
  if (const auto slope = k.unit_slope[unit.index]) slope(c.slope.data(), ld, s, ld, 1, n, p);
  const auto curve = k.unit_curve[unit.index];
  c.curved = curve != nullptr;
  if (c.curved) {
    std::fill_n(c.curve.begin(), n, 1.0);
    curve(c.curve.data(), ld, c.z.data(), ld, 1, n, p);
  }
  return c;
}

/// A unit that is a layer with parameters, of one input.
struct LayerUnit {
  const char *name, *formula, *type;
  std::map<std::string, double> options;
  std::vector<double> parameters;  ///< in the order of its tensors
  bool curved = false;
};

const std::vector<LayerUnit>& layer_units() {
  static const std::vector<LayerUnit> units = {
      {.name = "prelu, as it starts",
       .formula = "z > 0 ? z : z / 4",
       .type = "prelu",
       .options = {},
       .parameters = {0.25}},
      {.name = "maxout, pieces 3",
       .formula = "max(-z - 1, z / 4, z - 1)",
       .type = "maxout",
       .options = {{"pieces", 3}},
       .parameters = {-1, 0.25, 1, -1, 0, -1}},
      {.name = "rbf", .formula = "exp(-z²)", .type = "rbf", .options = {}, .parameters = {0, 1}, .curved = true},
  };
  return units;
}

Curves curves_of(const LayerUnit& unit, const std::vector<double>& places) {
  const NetworkSpec spec{
      .inputs = {{"z", 1}},
      .layers = {{.name = "unit", .type = unit.type, .from = {"z"}, .size = 1, .options = unit.options}},
      .outputs = {"unit"}};
  const Derivatives<double> layout_of(spec, nullptr);
  AlignedVector<double> parameters(layout_of.layout().size());
  std::span<const double> rest = unit.parameters;
  for (const ParameterRange& range : layout_of.layout().ranges()) {
    layout_of.layout().write(range, rest.first(range.n_values()), parameters.data());
    rest = rest.subspan(range.n_values());
  }
  const Derivatives<double> at(spec, parameters.data());
  const auto listed = [](const Matrix& m) { return AlignedVector<double>(m.values().begin(), m.values().end()); };
  const auto slopes = [&](double moved) {
    std::vector<double> z = places;
    for (double& one : z) one += moved;
    return listed(at.jacobian(Matrix(z.size(), 1, z)));
  };
  const Matrix z(places.size(), 1, places);
  Curves c{.z = listed(z), .value = listed(at.outputs(z)), .slope = slopes(0), .curve = {}, .curved = unit.curved};
  // A difference of exact slopes is as good as a picture needs.
  constexpr double kNear = 0x1p-12;
  const AlignedVector<double> after = slopes(kNear), before = slopes(-kNear);
  for (std::size_t k = 0; k < places.size(); ++k) c.curve.push_back((after[k] - before[k]) / (2 * kNear));
  return c;
}

std::vector<UnitKink> kinks_of(const CurvesAt& curves_at) {
  constexpr double kNear = 0x1p-20;
  std::vector<UnitKink> kinks;
  for (const double z : {-2.0, -1.0, 0.0, 1.0, 2.0}) {
    const Curves c = curves_at({z - kNear, z, z + kNear});
    const auto differs = [](const AlignedVector<double>& y) {
      return std::abs(y[0] - y[1]) > 1e-3 || std::abs(y[1] - y[2]) > 1e-3;
    };
    if (differs(c.value) || differs(c.slope)) {
      kinks.push_back({.at = z, .slope = c.slope[1], .jump = differs(c.value)});
    }
  }
  return kinks;
}

/// Where a panel stands, and the pixels of its points.
struct Panel {
  double left, top;
  [[nodiscard]] Point place(double z, double y) const {
    return {left + (z + kReach) / (2.0 * kReach) * kPanelWidth, top + (kHigh - y) / (kHigh - kLow) * kPlotHeight};
  }
};

std::string curve_path(const Panel& panel, const Curves& c, const AlignedVector<double>& y, double jump) {
  const Point gap = {0, std::numeric_limits<double>::quiet_NaN()};
  std::vector<Point> points;
  constexpr std::size_t n = 2 * kReach * kSteps + 1;
  for (std::size_t k = 0; k < n; ++k) {
    if (k > 0 && std::abs(y[k] - y[k - 1]) > jump) points.push_back(gap);
    const bool inside = y[k] >= kLow && y[k] <= kHigh;
    // Of a straight line the ends are enough.
    const bool straight = k > 0 && k + 1 < n && std::abs(y[k + 1] - 2 * y[k] + y[k - 1]) < 1e-9 && y[k - 1] >= kLow;
    if (!straight) points.push_back(inside ? panel.place(c.z[k], y[k]) : gap);
  }
  return svg_path(points);
}

std::string axes(const Panel& panel) {
  std::string grid, axis;
  for (int z = -kReach; z <= kReach; z += 2) {
    const Point low = panel.place(z, kLow), high = panel.place(z, kHigh);
    (z == 0 ? axis : grid) += "M" + svg_number(low.x) + " " + svg_number(low.y) + "V" + svg_number(high.y);
  }
  for (int y = -2; y <= 4; y += 2) {
    const Point left = panel.place(-kReach, y), right = panel.place(kReach, y);
    (y == 0 ? axis : grid) += "M" + svg_number(left.x) + " " + svg_number(left.y) + "H" + svg_number(right.x);
  }
  std::string out = svg_line("grid", 1, grid) + svg_line("axis", 1, axis);
  for (const int z : {-kReach, 0, kReach}) {
    const Point at = panel.place(z, kLow);
    out += svg_text("tick", {at.x, at.y + 15}, z < 0 ? "−4" : std::to_string(z), "middle");
  }
  for (const int y : {-2, 2, 4}) {
    const Point at = panel.place(-kReach, y);
    out += svg_text("tick", {at.x - 5, at.y + (y < 0 ? 0 : 4)}, y < 0 ? "−2" : std::to_string(y), "end");
  }
  return out;
}

std::string draw_panel(const std::string& name, std::string_view formula, const CurvesAt& curves_at,
                       const Panel& panel) {
  std::vector<double> places;
  for (int k = -kReach * kSteps; k <= kReach * kSteps; ++k) places.push_back(static_cast<double>(k) / kSteps);
  const Curves c = curves_at(places);
  std::string out = svg_text("heading", {panel.left, panel.top - 26}, name) +
                    svg_text("tick", {panel.left, panel.top - 9}, formula) + axes(panel);
  if (c.curved) {
    out += svg_line("line-2", 1, curve_path(panel, c, c.curve, kCurveJump), " stroke-dasharray=\"3 3\"");
  }
  out += svg_line("line-1", 1.75, curve_path(panel, c, c.slope, kJump)) +
         svg_line("line-0", 2.25, curve_path(panel, c, c.value, kJump));
  for (const UnitKink& kink : kinks_of(curves_at)) {
    if (kink.jump) out += svg_circle("fill-0", panel.place(kink.at, curves_at({kink.at}).value[0]), 3);
    out += svg_circle("fill-1", panel.place(kink.at, kink.slope), 3);
  }
  return out;
}

Panel panel_at(std::size_t place) {
  const std::size_t row = place / kColumns, column = place % kColumns;
  return {.left = kMargin + kTickRoom + static_cast<double>(column) * (kPanelWidth + kPanelGap + kTickRoom),
          .top = kTop + 40 + static_cast<double>(row) * (kPanelHeight + kPanelGap)};
}

std::string key(double left, double y) {
  std::string out;
  struct Entry {
    const char *css_class, *words;
    double width;
  };
  for (const Entry& entry : {Entry{"line-0", "the unit", 2.25}, Entry{"line-1", "its slope", 1.75},
                             Entry{"line-2", "its second derivative, where it is not 0 everywhere", 1}}) {
    const bool dashed = entry.width == 1;
    out += svg_line(entry.css_class, entry.width, fmt::format("M{} {}h24", svg_number(left), svg_number(y - 4)),
                    dashed ? " stroke-dasharray=\"3 3\"" : "") +
           svg_text("label", {left + 32, y}, entry.words);
    left += 56 + text_width(entry.words, kTextSize);
  }
  return out;
}

}  // namespace

std::vector<UnitKink> unit_kinks(const UnitRow& unit) {
  return kinks_of([&](const std::vector<double>& places) { return curves_of(unit, places); });
}

std::string unit_curves_svg() {
  const std::string title = "Hidden units";
  const std::string subtitle = "each with its usual parameter; a dot is what holds at a kink";
  std::string out =
      svg_text("title", {kMargin, 38}, title) + svg_text("subtitle", {kMargin, 60}, subtitle) + key(kMargin, 84);
  std::size_t n = 0;
  for (const UnitRow& unit : units()) {
    std::string name(unit.name);
    if (!unit.parameter.empty()) name += fmt::format(", {} {}", unit.parameter, shortest(unit.default_parameter));
    out += draw_panel(
        name, unit.formula, [&](const std::vector<double>& places) { return curves_of(unit, places); }, panel_at(n++));
  }
  for (const LayerUnit& unit : layer_units()) {
    out += draw_panel(
        unit.name, unit.formula, [&](const std::vector<double>& places) { return curves_of(unit, places); },
        panel_at(n++));
  }
  const std::size_t rows = (n + kColumns - 1) / kColumns;
  const double width = 2 * kMargin + kColumns * (kPanelWidth + kPanelGap + kTickRoom) - kPanelGap;
  const double height = kTop + static_cast<double>(rows) * (kPanelHeight + kPanelGap) + kMargin - kPanelGap;
  return chart_picture(title + ". " + subtitle, width, height, out);
}

}  // namespace ffwd
