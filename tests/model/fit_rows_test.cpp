#include "model/fit_rows.h"

#include <gtest/gtest.h>

#include <cmath>
#include <span>
#include <utility>

#include "ffwd/error.h"
#include "support/fault_of.h"

namespace ffwd {
namespace {

FitOptions options_for(std::vector<std::string> targets) {
  FitOptions options;
  options.targets = std::move(targets);
  options.test_fraction = options.valid_fraction = 0;
  return options;
}

FitRows<float> training_rows(const Table& table, const FitOptions& options) {
  const Preparation p = prepare(table, nullptr, nullptr, options);
  UnseenByColumn unseen;
  const RowList rows = p.split.train;
  return std::move(make_rows<float>(p, table, std::span(&rows, 1), options, unseen)[0]);
}

TEST(FitRows, OfSeveralTargetsStandInBlocksWithTheirHoles) {
  const Table table = read_csv("x,a,b\n1,2,\n2,4,6\n4,,8\n", "t.csv");
  FitRows<float> rows = training_rows(table, options_for({"a", "b"}));
  EXPECT_EQ(rows.data.targets_ld, padded<float>(2));
  EXPECT_EQ(rows.data.targets[0], -1);
  EXPECT_TRUE(std::isnan(rows.data.targets[1]));
  EXPECT_EQ(rows.data.targets[rows.data.targets_ld + 1], -1);
  set_weights(rows, {});
  EXPECT_TRUE(rows.data.weights.empty());
  EXPECT_EQ(rows.data.masses, (AlignedVector<float>{0.5F, 1, 0.5F}));
}

TEST(FitRows, WeightsOfRowsAndClassesMultiplyWithinTheUnit) {
  FitOptions options = options_for({"y"});
  options.weight = "w";
  FitRows<float> rows = training_rows(read_csv("x,y,w\n1,no,1e300\n2,yes,5e299\n4,no,0\n", "t.csv"), options);
  EXPECT_EQ(rows.weights, (std::vector<double>{1e300, 5e299, 0}));
  set_weights(rows, std::vector<double>{1, 2});
  EXPECT_EQ(rows.data.weights, (AlignedVector<float>{1, 1, 0}));
  EXPECT_TRUE(rows.data.masses.empty());
}

TEST(FitRows, WeightsThatAreAllOneAreNone) {
  FitOptions options = options_for({"y"});
  options.weight = "w";
  FitRows<float> rows = training_rows(read_csv("x,y,w\n1,1,3\n2,5,3\n", "t.csv"), options);
  set_weights(rows, {});
  EXPECT_TRUE(rows.data.weights.empty());
}

TEST(FitRows, HeldOutRowsOfAnotherTableNeedItsColumns) {
  FitOptions options = options_for({"y"});
  options.weight = "w";
  const Table table = read_csv("x,y,w\n1,1,3\n2,5,3\n", "t.csv"), other = read_csv("x,y\n1,1\n", "v.csv");
  const Preparation p = prepare(table, &other, nullptr, options);
  std::vector<std::string> warnings;
  EXPECT_THROW((void)make_own_rows<float>(p, other, "validate", options, warnings), Error);
}

TEST(FitRows, HeldOutRowsMustCountSomething) {
  FitOptions options = options_for({"y"});
  options.weight = "w";
  const Table table = read_csv("x,y,w\n1,1,3\n2,5,3\n", "t.csv"), other = read_csv("x,y,w\n1,1,0\n2,3,0\n", "v.csv");
  const Preparation p = prepare(table, &other, nullptr, options);
  std::vector<std::string> warnings;
  const Fault fault =
      fault_of([&] { static_cast<void>(make_own_rows<float>(p, other, "validate", options, warnings)); });
  EXPECT_EQ(fault.what, "the weights of the rows to validate on are all 0");
  EXPECT_EQ(fault.where, "v.csv");
}

TEST(FitRows, EachPartHasItsOwnUnitOfWeights) {
  FitOptions options = options_for({"y"});
  options.weight = "w";
  const Table table = read_csv("x,y,w\n1,1,1e-30\n2,5,1e-30\n", "t.csv");
  const Table other = read_csv("x,y,w\n1,1,1e30\n2,3,5e29\n", "v.csv");
  const Preparation p = prepare(table, &other, nullptr, options);
  std::vector<std::string> warnings;
  FitRows<float> valid = make_own_rows<float>(p, other, "validate", options, warnings);
  set_weights(valid, {});
  EXPECT_EQ(valid.data.weights, (AlignedVector<float>{1, 0.5F}));
}

}  // namespace
}  // namespace ffwd
