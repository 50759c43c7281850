#include "report/svg.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/utf8.h"

namespace ffwd {

namespace {

constexpr double kColumn = 0.5;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

void append_escaped(char c, std::string& out) {
  switch (c) {
    case '&':
      out += "&amp;";
      break;
    case '<':
      out += "&lt;";
      break;
    case '>':
      out += "&gt;";
      break;
    case '"':
      out += "&quot;";
      break;
    default:
      if (static_cast<unsigned char>(c) < 0x20)
        out += c == '\t' || c == '\n' || c == '\r' ? std::string_view(" ") : kReplacement;
      else
        out += c;
  }
}

bool is_drawn(const Point& point) { return std::isfinite(point.x) && std::isfinite(point.y); }

void append_point(char command, const Point& point, std::string& out) {
  out += command + svg_number(point.x) + ' ' + svg_number(point.y);
}

/// One stretch without gaps, thinned.
std::vector<Point> thinned(std::span<const Point> points) {
  std::vector<Point> kept;
  for (std::size_t begin = 0; begin < points.size();) {
    const double column = std::floor(points[begin].x / kColumn);
    std::size_t end = begin + 1;
    while (end < points.size() && std::floor(points[end].x / kColumn) == column) ++end;
    const auto inside = points.subspan(begin, end - begin);
    const auto [low, high] = std::ranges::minmax_element(inside, {}, &Point::y);
    std::vector<std::ptrdiff_t> chosen = {0, low - inside.begin(), high - inside.begin(), std::ssize(inside) - 1};
    std::ranges::sort(chosen);
    chosen.erase(std::ranges::unique(chosen).begin(), chosen.end());
    for (const std::ptrdiff_t i : chosen) kept.push_back(inside[static_cast<std::size_t>(i)]);
    begin = end;
  }
  return kept;
}

}  // namespace

std::string svg_escape(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t valid = valid_utf8_prefix(text);
    for (const char c : text.substr(0, valid)) append_escaped(c, out);
    text.remove_prefix(valid);
    if (text.empty()) break;
    out += kReplacement;
    text.remove_prefix(1);
  }
  return out;
}

std::string svg_number(double value) {
  std::string text = fmt::format("{:.2f}", value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text == "-0" ? "0" : text;
}

double text_width(std::string_view text, double font_size) {
  const auto n_characters =
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
  return 0.6 * font_size * static_cast<double>(n_characters);
}

std::string svg_text(std::string_view css_class, const Point& at, std::string_view content, std::string_view anchor) {
  return fmt::format("<text class=\"{}\" x=\"{}\" y=\"{}\" text-anchor=\"{}\">{}</text>\n", css_class, svg_number(at.x),
                     svg_number(at.y), anchor, svg_escape(content));
}

std::string svg_line(std::string_view css_class, double stroke_width, std::string_view d, std::string_view more) {
  return fmt::format("<path class=\"{}\" stroke-width=\"{}\"{} d=\"{}\"/>\n", css_class, stroke_width, more, d);
}

std::string svg_circle(std::string_view css_class, const Point& at, double radius, double halo) {
  return fmt::format("<circle class=\"{}\" cx=\"{}\" cy=\"{}\" r=\"{}\" stroke-width=\"{}\"/>\n", css_class,
                     svg_number(at.x), svg_number(at.y), radius, halo);
}

std::string svg_path(std::span<const Point> points) {
  std::string path;
  while (!points.empty()) {
    const auto begin = std::ranges::find_if(points, is_drawn);
    const auto end = std::find_if_not(begin, points.end(), is_drawn);
    const std::vector<Point> stretch = thinned({begin, end});
    for (std::size_t i = 0; i < stretch.size(); ++i) append_point(i == 0 ? 'M' : 'L', stretch[i], path);
    if (stretch.size() == 1) path += "h0";  // a point of its own: with round ends it is drawn as a dot
    points = points.subspan(static_cast<std::size_t>(end - points.begin()));
  }
  return path;
}

}  // namespace ffwd
