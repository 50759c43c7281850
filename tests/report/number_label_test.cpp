#include "report/number_label.h"

#include <gtest/gtest.h>

namespace ffwd {
namespace {

TEST(NumberLabel, HasAsManyDigitsAsTheStepNeeds) {
  EXPECT_EQ(number_label(0.3, 0.1), "0.3");
  EXPECT_EQ(number_label(1.0, 0.1), "1.0");
  EXPECT_EQ(number_label(0.25, 0.05), "0.25");
  EXPECT_EQ(number_label(0.001, 0.001), "0.001");
  EXPECT_EQ(number_label(3 * 0.1 - 0.3, 0.1), "0");
  EXPECT_EQ(number_label(12000, 2000), "12,000");
  EXPECT_EQ(number_label(-1500, 500), "-1,500");
  EXPECT_EQ(number_label(-0.5, 0.5), "-0.5");
}

TEST(NumberLabel, VeryLargeAndSmallNumbersHaveAPowerOfTen) {
  EXPECT_EQ(number_label(2.5e-6, 5e-7), "2.5×10⁻⁶");
  EXPECT_EQ(number_label(1e-8, 2e-9), "1.0×10⁻⁸");
  EXPECT_EQ(number_label(3e6, 1e6), "3×10⁶");
  EXPECT_EQ(number_label(1e12, 1e12), "10¹²");
}

TEST(NumberLabel, OnALogarithmicAxisAllMayBePowers) {
  EXPECT_EQ(power_label(1.0), "10⁰");
  EXPECT_EQ(power_label(1e-3), "10⁻³");
  EXPECT_EQ(power_label(5e7), "5×10⁷");
}

TEST(NumberLabel, InASentenceHasFourSignificantDigits) {
  EXPECT_EQ(rounded_label(0.0), "0");
  EXPECT_EQ(rounded_label(0.21341), "0.2134");
  EXPECT_EQ(rounded_label(0.5), "0.5");
  EXPECT_EQ(rounded_label(0.00012345), "0.0001234");
  EXPECT_EQ(rounded_label(12345.6), "12,346");
  EXPECT_EQ(rounded_label(-0.25), "-0.25");
  EXPECT_EQ(rounded_label(2.01e-8), "2.010×10⁻⁸");
  EXPECT_EQ(rounded_label(1.09349e7), "1.093×10⁷");
  EXPECT_EQ(rounded_label(9.99999e8), "1.000×10⁹");
}

}  // namespace
}  // namespace ffwd
