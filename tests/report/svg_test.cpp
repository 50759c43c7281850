#include "report/svg.h"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

namespace ffwd {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

TEST(Svg, EscapesMarkupAndReplacesWhatXmlDoesNotAllow) {
  EXPECT_EQ(svg_escape("a<b> & \"größe\""), "a&lt;b&gt; &amp; &quot;größe&quot;");
  EXPECT_EQ(svg_escape("a\tb\nc"), "a b c");
  EXPECT_EQ(svg_escape(std::string("\x01\0", 2)), "\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(svg_escape("ok\xFF\xC3"), "ok\xEF\xBF\xBD\xEF\xBF\xBD");
}

TEST(Svg, CoordinatesHaveNoMoreDigitsThanTheyNeed) {
  EXPECT_EQ(svg_number(12.0), "12");
  EXPECT_EQ(svg_number(100.0), "100");
  EXPECT_EQ(svg_number(1.5), "1.5");
  EXPECT_EQ(svg_number(2.0 / 3.0), "0.67");
  EXPECT_EQ(svg_number(-0.001), "0");
  EXPECT_EQ(svg_number(-3.25), "-3.25");
}

TEST(Svg, ACharacterOfSeveralBytesIsAsWideAsAnother) {
  EXPECT_EQ(text_width("größe", 10), text_width("grosz", 10));
  EXPECT_GT(text_width("wide", 20), text_width("wide", 10));
}

TEST(Svg, APathGoesThroughItsPointsWithGapsWhereNoneIsKnown) {
  EXPECT_EQ(svg_path(std::vector<Point>{{0, 1}, {10, 2.5}}), "M0 1L10 2.5");
  EXPECT_EQ(svg_path(std::vector<Point>{{0, kNaN}, {1, 1}, {2, 2}, {3, kNaN}, {4, 4}, {5, kNaN}}), "M1 1L2 2M4 4h0");
  EXPECT_EQ(svg_path({}), "");
  EXPECT_EQ(svg_path(std::vector<Point>{{0, kNaN}}), "");
}

TEST(Svg, ManyPointsInOneColumnAreDrawnAsTheirExtremes) {
  const std::vector<Point> points = {{0, 5}, {0.1, 3}, {0.15, 4}, {0.2, 9}, {0.3, 6}, {0.4, 7}, {1, 1}};
  EXPECT_EQ(svg_path(points), "M0 5L0.1 3L0.2 9L0.4 7L1 1");
}

TEST(Svg, TextsLinesAndCirclesAreElementsWithTheirClass) {
  EXPECT_EQ(svg_text("tick", {1, 2.5}, "a<b", "end"),
            "<text class=\"tick\" x=\"1\" y=\"2.5\" text-anchor=\"end\">a&lt;b</text>\n");
  EXPECT_EQ(svg_line("grid", 1, "M0 0H5", " stroke-dasharray=\"3 3\""),
            "<path class=\"grid\" stroke-width=\"1\" stroke-dasharray=\"3 3\" d=\"M0 0H5\"/>\n");
  EXPECT_EQ(svg_circle("fill-0", {1, 2}, 3.5),
            "<circle class=\"fill-0\" cx=\"1\" cy=\"2\" r=\"3.5\" stroke-width=\"0\"/>\n");
}

}  // namespace
}  // namespace ffwd
