// The few words of SVG that pictures are written in. What is drawn has to be the same text on every machine.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace ffwd {

struct Point {
  double x = 0.0, y = 0.0;
};

/// Text of a user as content or attribute value of SVG: markup escaped, bytes that XML does not allow replaced.
[[nodiscard]] std::string svg_escape(std::string_view text);

/// A coordinate: at most two decimals, no more than needed. `value` is finite.
[[nodiscard]] std::string svg_number(double value);

/// About how wide a text is drawn in a sans-serif font of that size, in the same unit; on the wide side.
[[nodiscard]] double text_width(std::string_view text, double font_size);

/// A text of a user or our own; `anchor` is start, middle or end.
[[nodiscard]] std::string svg_text(std::string_view css_class, const Point& at, std::string_view content,
                                   std::string_view anchor = "start");

/// A line along `d`; `more`: further attributes, each with a space before it.
[[nodiscard]] std::string svg_line(std::string_view css_class, double stroke_width, std::string_view d,
                                   std::string_view more = {});

/// `halo` is the width of its stroke.
[[nodiscard]] std::string svg_circle(std::string_view css_class, const Point& at, double radius, double halo = 0);

/// The `d` of a path through the points. A point that is not finite makes a gap. Many points that share a column of
/// half a pixel are drawn as its first, lowest, highest and last one, which looks the same.
[[nodiscard]] std::string svg_path(std::span<const Point> points);

}  // namespace ffwd
