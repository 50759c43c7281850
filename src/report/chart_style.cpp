#include "report/chart_style.h"

#include <fmt/format.h>

#include <iterator>
#include <string_view>

#include "report/svg.h"

namespace ffwd {

namespace {

struct SeriesColour {
  std::string_view light, dark;  ///< on a white and on a black ground
};

/// Told apart by every kind of colour vision: the blue, vermillion, green and purple of Okabe & Ito (2008), "Color
/// universal design", and for the dark ground their brighter sky blue and orange and lighter shades of the others.
constexpr SeriesColour kSeriesColours[] = {
    {"#0072b2", "#56b4e9"},
    {"#d55e00", "#e69f00"},
    {"#009e73", "#2fc99a"},
    {"#b5548f", "#dd9bc2"},
};

/// The colours of everything but the series.
struct Ground {
  std::string_view background, text, quiet_text, grid, axis;
};

constexpr Ground kLight = {"#ffffff", "#1f2328", "#59636e", "#e6e9ed", "#818b98"};
constexpr Ground kDark = {"#0d1117", "#f0f6fc", "#a5adb6", "#262c36", "#656c76"};

constexpr std::string_view kFonts =
    ".ffwd-chart text{{font-family:system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;"
    "font-size:{text}px;font-variant-numeric:tabular-nums}}\n"
    ".ffwd-chart .title{{font-size:{title}px;font-weight:600}}\n"
    ".ffwd-chart .tick{{font-size:{tick}px}}\n"
    ".ffwd-chart .name,.ffwd-chart .heading{{font-weight:600}}\n"
    ".ffwd-chart .note{{font-weight:600;paint-order:stroke;stroke-width:4px;stroke-linejoin:round}}\n"
    ".ffwd-chart path{{fill:none;stroke-linecap:round;stroke-linejoin:round}}\n";

std::string rule(std::string_view name, std::string_view property, std::string_view colour) {
  return fmt::format(".ffwd-chart .{}{{{}:{}}}\n", name, property, colour);
}

std::string colours(const Ground& ground, std::string_view SeriesColour::* shade) {
  std::string rules = rule("background", "fill", ground.background) + rule("grid", "stroke", ground.grid) +
                      rule("axis", "stroke", ground.axis) + rule("guide", "stroke", ground.quiet_text) +
                      rule("title", "fill", ground.text);
  for (const char* text : {"subtitle", "label", "tick", "note"}) rules += rule(text, "fill", ground.quiet_text);
  rules += rule("heading", "fill", ground.text);  // over those: a heading may be a tick
  // Lines behind a note or a point stop short of it.
  for (const char* above_lines : {"note", "point"}) rules += rule(above_lines, "stroke", ground.background);
  for (std::size_t k = 0; k < n_series_colours(); ++k) {
    rules += rule(fmt::format("line-{}", k), "stroke", kSeriesColours[k].*shade);
    rules += rule(fmt::format("fill-{}", k), "fill", kSeriesColours[k].*shade);
  }
  return rules;
}

}  // namespace

std::size_t n_series_colours() { return std::size(kSeriesColours); }

std::string chart_style() {
  return fmt::format(kFonts, fmt::arg("text", kTextSize), fmt::arg("title", kTitleSize), fmt::arg("tick", kTickSize)) +
         colours(kLight, &SeriesColour::light) + "@media screen and (prefers-color-scheme:dark){\n" +
         colours(kDark, &SeriesColour::dark) + "}\n";
}

std::string chart_picture(std::string_view label, double width, double height, std::string_view content) {
  const std::string w = svg_number(width), h = svg_number(height);
  return fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"ffwd-chart\" role=\"img\" aria-label=\"{}\" "
      "width=\"{}\" height=\"{}\" viewBox=\"0 0 {} {}\">\n<style>\n{}</style>\n"
      "<rect class=\"background\" width=\"{}\" height=\"{}\"/>\n{}</svg>\n",
      svg_escape(label), w, h, w, h, chart_style(), w, h, content);
}

}  // namespace ffwd
