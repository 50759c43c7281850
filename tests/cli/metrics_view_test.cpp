#include "cli/metrics_view.h"

#include <gtest/gtest.h>

#include <limits>

#include "cli/fake_console.h"

namespace ffwd {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

TEST(MetricsView, JsonHasNullForWhatIsNotDefined) {
  const Metrics metrics{.values = {{"rmse", 2.5}, {"r2", kNan}}, .confusion = {}};
  EXPECT_EQ(dump_json(metrics_json(metrics, {})), R"({"rmse":2.5,"r2":null})");
}

TEST(MetricsView, JsonOfClassesNamesThem) {
  const Metrics metrics{.values = {{"accuracy", 0.75}}, .confusion = {{2, 1}, {0, 1}}};
  EXPECT_EQ(dump_json(metrics_json(metrics, {"no", "yes"})),
            R"({"accuracy":0.75,"confusion_matrix":[[2,1],[0,1]],"classes":["no","yes"]})");
}

TEST(MetricsView, TheTableHasAColumnPerPart) {
  FakeConsole fake;
  const Metrics train{.values = {{"rmse", 2.5}, {"r2", 0.5}}, .confusion = {}};
  const Metrics test{.values = {{"rmse", 31.25}, {"r2", kNan}}, .confusion = {}};
  print_metrics(fake.console, {{"train", &train}, {"test", &test}});
  EXPECT_EQ(fake.out.str(),
            "         train   test\n"
            "  rmse   2.500  31.25\n"
            "  r2    0.5000      –\n");
}

TEST(MetricsView, TheConfusionMatrixHasARowPerTrueClass) {
  FakeConsole fake;
  const Metrics metrics{.values = {}, .confusion = {{1200, 1}, {0, 7}}};
  print_confusion(fake.console, metrics, {"<=50K", ">50K"});
  EXPECT_EQ(fake.out.str(),
            "  true \\ predicted  <=50K  >50K\n"
            "  <=50K             1,200     1\n"
            "  >50K                  0     7\n");
}

TEST(MetricsView, ManyClassesAreNotDrawn) {
  FakeConsole fake;
  const Metrics metrics{.values = {}, .confusion = std::vector(13, std::vector<std::size_t>(13))};
  print_confusion(fake.console, metrics, std::vector<std::string>(13, "c"));
  EXPECT_EQ(fake.out.str(), "  (the confusion matrix of 13 classes is in the output of --json)\n");
}

}  // namespace
}  // namespace ffwd
