// Colours and type of all charts.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace ffwd {

constexpr double kTitleSize = 18.0;
constexpr double kTextSize = 13.0;
constexpr double kTickSize = 12.0;

/// Series after the last colour start again with the first.
[[nodiscard]] std::size_t n_series_colours();

/// The content of a picture's <style>: fonts and colours by class, light and dark. Classes of texts: title, subtitle,
/// heading, label, tick, name, note; of shapes: background, grid, axis, guide; of series: line-K and fill-K. They hold
/// inside class="ffwd-chart" only, so that a picture may stand in a page.
[[nodiscard]] std::string chart_style();

/// The whole picture: its style, its ground and `content`. `label` says what it shows to those who do not see it.
[[nodiscard]] std::string chart_picture(std::string_view label, double width, double height, std::string_view content);

}  // namespace ffwd
