#include "report/chart.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "report/chart_style.h"
#include "report/pictures.h"

namespace ffwd {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

Chart chart_of(std::vector<ChartSeries> series) {
  return {.title = "Title",
          .subtitle = "what it shows",
          .x_label = "epoch",
          .y_label = "loss [USD²]",
          .series = std::move(series),
          .marks = {}};
}

std::vector<Point> falling(std::size_t n, double factor) {
  std::vector<Point> points;
  double y = 100.0;
  for (std::size_t i = 1; i <= n; ++i, y *= factor) points.push_back({static_cast<double>(i), y});
  return points;
}

/// The y of the text with this content.
double y_of(const std::string& svg, const std::string& content) {
  const std::size_t end = svg.find(">" + content + "</text>");
  EXPECT_NE(end, std::string::npos) << content;
  const std::size_t start = svg.rfind(" y=\"", end) + 4;
  return std::stod(svg.substr(start, svg.find('"', start) - start));
}

TEST(Chart, ShowsTitlesAxesAndTheNameOfEachLine) {
  const std::string svg = draw(chart_of({{"one", falling(20, 0.95)}, {"two", falling(20, 0.99)}}));
  expect_sound(svg);
  for (const char* text : {">Title<", ">what it shows<", ">epoch<", ">loss [USD²]<", ">one<", ">two<", ">1<", ">20<"})
    EXPECT_TRUE(contains(svg, text)) << text;
  EXPECT_EQ(count(svg, "<path class=\"line-"), 2U);
  EXPECT_TRUE(contains(svg, "aria-label=\"Title. what it shows\""));
}

TEST(Chart, TheYAxisIsLogarithmicWhereTheRangeAsksForItAndSaysSo) {
  EXPECT_TRUE(contains(draw(chart_of({{"", {{1, 1}, {2, 30}}}})), "loss [USD²], logarithmic scale"));
  EXPECT_FALSE(contains(draw(chart_of({{"", {{1, 2}, {2, 30}}}})), "logarithmic"));
  EXPECT_FALSE(contains(draw(chart_of({{"", {{1, 0}, {2, 30}}}})), "logarithmic"));
  EXPECT_FALSE(contains(draw(chart_of({{"", {{1, -1}, {2, 30}}}})), "logarithmic"));
}

TEST(Chart, FewPointsAreDotsAndManyAreALineAlone) {
  EXPECT_EQ(count(draw(chart_of({{"a", falling(3, 0.9)}})), "<circle"), 3U);
  EXPECT_EQ(count(draw(chart_of({{"a", falling(100, 0.99)}})), "<circle"), 0U);
}

TEST(Chart, PointsThatAreNotFiniteOrBeyondAllMeasureAreGaps) {
  const std::string svg = draw(chart_of({{"a", {{1, 3}, {2, kNaN}, {3, kInfinity}, {4, 1e200}, {5, 4}}}}));
  expect_sound(svg);
  EXPECT_EQ(count(svg, "<circle"), 2U);
  EXPECT_EQ(count(svg, "h0"), 2U);
}

TEST(Chart, WithoutAnyPointItIsAnEmptyFrame) {
  expect_sound(draw(chart_of({})));
  expect_sound(draw(chart_of({{"a", {}}, {"b", {{1, kNaN}}}})));
}

TEST(Chart, NamesOfLinesThatEndTogetherKeepApartAndInsideThePlot) {
  const std::string svg = draw(chart_of({{"first", {{1, 5}, {2, 1}}},
                                         {"second", {{1, 5}, {2, 1}}},
                                         {"third", {{1, 5}, {2, 1.01}}},
                                         {"fourth", {{1, 5}, {2, 1}}}}));
  std::vector<double> ys;
  for (const char* name : {"first", "second", "third", "fourth"}) ys.push_back(y_of(svg, name));
  std::ranges::sort(ys);
  for (std::size_t i = 1; i < ys.size(); ++i) EXPECT_GE(ys[i] - ys[i - 1], 17.9);
  EXPECT_LT(ys.back(), y_of(svg, "epoch") - 30);
}

TEST(Chart, AMarkHasItsPointItsGuideAndItsTextOnTheSideWithRoom) {
  Chart chart = chart_of({{"a", falling(100, 0.99)}});
  chart.marks = {{0, chart.series[0].points[4], "early"}, {0, chart.series[0].points[95], "late"}};
  const std::string svg = draw(chart);
  EXPECT_EQ(count(svg, "<circle class=\"point fill-0\""), 2U);
  EXPECT_EQ(count(svg, "<path class=\"guide\""), 2U);
  EXPECT_TRUE(contains(svg, "text-anchor=\"start\">early<"));
  EXPECT_TRUE(contains(svg, "text-anchor=\"end\">late<"));
  chart.marks = {{0, {3, kNaN}, "nowhere"}};
  EXPECT_FALSE(contains(draw(chart), "nowhere"));
}

TEST(Chart, MoreLinesThanColoursStartAgainWithTheFirst) {
  std::vector<ChartSeries> series;
  for (std::size_t k = 0; k <= n_series_colours(); ++k) series.push_back({std::to_string(k), falling(50, 0.9)});
  EXPECT_EQ(count(draw(chart_of(series)), "<path class=\"line-0\""), 2U);
}

TEST(Chart, WordsOfUsersAreEscapedAndCutToTheirRoom) {
  Chart chart = chart_of({{"<b>", falling(3, 0.9)}});
  chart.title = "<script>\"x\" & " + std::string(500, 'y');
  chart.subtitle = "\xFF";
  const std::string svg = draw(chart);
  expect_sound(svg);
  EXPECT_TRUE(contains(svg, ">&lt;b&gt;</text>"));
  EXPECT_FALSE(contains(svg.substr(svg.find("class=\"title\"")), std::string(100, 'y')));
}

}  // namespace
}  // namespace ffwd
