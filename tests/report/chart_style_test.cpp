#include "report/chart_style.h"

#include <gtest/gtest.h>

#include "report/pictures.h"

namespace ffwd {
namespace {

TEST(ChartStyle, EveryColourIsThereForLightAndForDark) {
  const std::string style = chart_style();
  EXPECT_EQ(count(style, "@media screen and (prefers-color-scheme:dark)"), 1U);
  for (const std::string name :
       {"background", "grid", "axis", "guide", "title", "heading", "subtitle", "label", "point"})
    EXPECT_EQ(count(style, ".ffwd-chart ." + name + "{fill:") + count(style, ".ffwd-chart ." + name + "{stroke:"), 2U)
        << name;
  for (std::size_t k = 0; k < n_series_colours(); ++k) {
    EXPECT_EQ(count(style, "line-" + std::to_string(k) + "{stroke:#"), 2U);
    EXPECT_EQ(count(style, "fill-" + std::to_string(k) + "{fill:#"), 2U);
  }
}

TEST(ChartStyle, TouchesNothingOutsideAChartAndLoadsNothing) {
  const std::string style = chart_style();
  for (std::size_t at = 0; at < style.size(); at = style.find('\n', at) + 1) {
    const std::string line = style.substr(at, style.find('\n', at) - at);
    EXPECT_TRUE(line.starts_with(".ffwd-chart ") || line.starts_with("@media ") || line == "}") << line;
  }
  for (const char* foreign : {"url(", "@import", "@font-face", "var(", "<", "&"}) EXPECT_EQ(count(style, foreign), 0U);
}

TEST(ChartStyle, APictureHoldsItsStyleAndSaysWhatItShows) {
  const std::string svg = chart_picture("a \"name\"", 100, 50.5, "<path d=\"M0 0\"/>\n");
  expect_sound(svg);
  EXPECT_TRUE(contains(svg, "aria-label=\"a &quot;name&quot;\" width=\"100\" height=\"50.5\""));
  EXPECT_TRUE(contains(svg, chart_style()));
}

}  // namespace
}  // namespace ffwd
