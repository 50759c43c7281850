#include "report/chart_style.h"

#include <gtest/gtest.h>

#include "report/pictures.h"

namespace ffwd {
namespace {

TEST(ChartStyle, EveryColourIsThereForLightAndForDark) {
  const std::string style = chart_style();
  EXPECT_EQ(count(style, "@media screen and (prefers-color-scheme:dark)"), 1U);
  for (const std::string name : {"background", "grid", "axis", "guide", "title", "subtitle", "label", "point"})
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

}  // namespace
}  // namespace ffwd
