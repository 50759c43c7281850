#include "pipeline/imputer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace ffwd {
namespace {

TEST(Imputer, TakesTheMedianForWhatIsMissing) {
  std::vector<double> cells{1, NAN, 3, 11, 5};
  const Imputer imputer = Imputer::fit(cells);
  EXPECT_EQ(imputer.median, 4.0);
  EXPECT_TRUE(imputer.marks_missing);
  EXPECT_EQ(imputer.fill(NAN), 4.0);
  EXPECT_EQ(imputer.fill(-2), -2.0);
}

TEST(Imputer, MarksNothingWhereNothingWasMissing) {
  std::vector<double> cells{1, 3, 11};
  EXPECT_FALSE(Imputer::fit(cells).marks_missing);
}

TEST(Imputer, TakesZeroWhereAllIsMissing) {
  std::vector<double> cells{NAN, NAN};
  EXPECT_EQ(Imputer::fit(cells).median, 0.0);
  EXPECT_TRUE(Imputer::fit(cells).marks_missing);
}

}  // namespace
}  // namespace ffwd
