#include "kernels/units.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <map>
#include <numbers>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "kernels/kernels.h"
#include "kernels/layout.h"
#include "reference.h"

namespace ffwd {
namespace {

template <class T>
T default_parameter(const UnitRow& unit) {
  return static_cast<T>(unit.default_parameter);
}

template <class T>
T value(const Kernels<T>& k, const UnitRow& unit, T z, T parameter) {
  const auto function = k.unit_value[unit.index];
  PaddedMatrix<T> one(1, 1);
  one(0, 0) = z;
  if (function) function(one.data(), one.ld(), one.data(), one.ld(), 1, 1, parameter);
  return one(0, 0);
}
template <class T>
T value(const Kernels<T>& k, const UnitRow& unit, T z) {
  return value(k, unit, z, default_parameter<T>(unit));
}

/// The derivative at z, from the output or from z, whichever the unit wants.
template <class T>
T slope(const Kernels<T>& k, const UnitRow& unit, T z, T parameter) {
  PaddedMatrix<T> d(1, 1), s(1, 1);
  d(0, 0) = 1;
  s(0, 0) = unit.slope_from_output ? value(k, unit, z, parameter) : z;
  if (k.unit_slope[unit.index]) k.unit_slope[unit.index](d.data(), d.ld(), s.data(), s.ld(), 1, 1, parameter);
  return d(0, 0);
}
template <class T>
T slope(const Kernels<T>& k, const UnitRow& unit, T z) {
  return slope(k, unit, z, default_parameter<T>(unit));
}

/// The second derivative at z.
template <class T>
T curve(const Kernels<T>& k, const UnitRow& unit, T z, T parameter) {
  if (!k.unit_curve[unit.index]) return 0;
  PaddedMatrix<T> d(1, 1), s(1, 1);
  d(0, 0) = 1;
  s(0, 0) = z;
  k.unit_curve[unit.index](d.data(), d.ld(), s.data(), s.ld(), 1, 1, parameter);
  return d(0, 0);
}
template <class T>
T curve(const Kernels<T>& k, const UnitRow& unit, T z) {
  return curve(k, unit, z, default_parameter<T>(unit));
}

TEST(UnitTable, EveryNameFindsItsOwnRow) {
  std::set<std::string> names;
  for (const UnitRow& unit : units()) {
    EXPECT_EQ(find_unit(unit.name), &unit);
    EXPECT_EQ(&units()[unit.index], &unit);
    EXPECT_FALSE(unit.formula.empty());
    EXPECT_EQ(unit.parameter.empty(), unit.default_parameter == 0) << unit.name;
    EXPECT_NE(unit.formula.find(unit.parameter), std::string_view::npos) << unit.name;
    names.insert(std::string(unit.name));
  }
  EXPECT_EQ(names.size(), units().size());
  EXPECT_EQ(unit_names().size(), units().size());
  EXPECT_EQ(unit_names().front(), units().front().name);
  EXPECT_EQ(find_unit("no such unit"), nullptr);
  EXPECT_EQ(find_unit(""), nullptr);
}

// A rectifier lets through what is far to the right, and of what is far to the left next to nothing.
TEST(UnitTable, RectifiersStartAsHeSaysAndTheOthersAsGlorotButForSeluAsItsPaper) {
  for (const UnitRow& unit : units()) {
    if (unit.name == "selu") {
      EXPECT_EQ(unit.init, InitRule::kLecun);
      continue;
    }
    const double right = value(kernels<double>(), unit, 1e3), left = value(kernels<double>(), unit, -1e3);
    const bool rectifier = right > 900 && std::fabs(left) < 100;
    EXPECT_EQ(unit.init, rectifier ? InitRule::kHe : InitRule::kGlorot) << unit.name;
  }
}

template <class T>
class UnitsTest : public ::testing::Test {};
TYPED_TEST_SUITE(UnitsTest, Precisions);

TYPED_TEST(UnitsTest, OnlyTheIdentityHasNoFunction) {
  using T = TypeParam;
  for_each_target<T>([](const Kernels<T>& k, bool) {
    ASSERT_EQ(k.unit_value.size(), units().size());
    ASSERT_EQ(k.unit_slope.size(), units().size());
    for (const UnitRow& unit : units()) {
      EXPECT_EQ(k.unit_value[unit.index] == nullptr, unit.name == "identity") << unit.name;
      EXPECT_EQ(k.unit_slope[unit.index] == nullptr, unit.name == "identity") << unit.name;
    }
  });
}

TYPED_TEST(UnitsTest, PiecewiseLinearOnesHaveNoCurve) {
  using T = TypeParam;
  const std::set<std::string_view> straight = {"identity", "relu", "leaky_relu", "abs", "hard_tanh", "heaviside"};
  for_each_target<T>([&](const Kernels<T>& k, bool) {
    ASSERT_EQ(k.unit_curve.size(), units().size());
    for (const UnitRow& unit : units()) {
      EXPECT_EQ(k.unit_curve[unit.index] == nullptr, straight.contains(unit.name)) << unit.name;
    }
  });
}

/// What each unit is, by its definition.
const std::map<std::string_view, double (*)(double)> kFormulas = {
    {"identity", [](double x) { return x; }},
    {"relu", [](double x) { return std::max(0.0, x); }},
    {"leaky_relu", [](double x) { return x > 0 ? x : 0.01 * x; }},
    {"tanh", [](double x) { return std::tanh(x); }},
    {"sigmoid", [](double x) { return 1 / (1 + std::exp(-x)); }},
    // Far out every bit of x / sqrt(2) counts.
    {"gelu",
     [](double x) {
       const auto wide = static_cast<long double>(x);
       return static_cast<double>(wide * std::erfc(-wide / std::numbers::sqrt2_v<long double>) / 2);
     }},
    {"silu", [](double x) { return x / (1 + std::exp(-x)); }},
    {"mish", [](double x) { return x * std::tanh(std::log1p(std::exp(x))); }},
    {"elu", [](double x) { return x > 0 ? x : std::expm1(x); }},
    {"selu", [](double x) { return 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * std::expm1(x)); }},
    {"abs", [](double x) { return std::fabs(x); }},
    {"hard_tanh", [](double x) { return std::clamp(x, -1.0, 1.0); }},
    {"gudermannian", [](double x) { return std::atan(std::sinh(x)); }},
    {"heaviside", [](double x) { return x < 0 ? 0.0 : 1.0; }},
    {"softplus", [](double x) { return std::max(x, 0.0) + std::log1p(std::exp(-std::fabs(x))); }},
};

TYPED_TEST(UnitsTest, ValuesAgreeWithTheirFormulas) {
  using T = TypeParam;
  const double tolerance = 8 * static_cast<double>(std::numeric_limits<T>::epsilon());
  for_each_target<T>([&](const Kernels<T>& k, bool) {
    for (const UnitRow& unit : units()) {
      const auto formula = kFormulas.find(unit.name);
      ASSERT_NE(formula, kFormulas.end()) << unit.name << " has no formula here";
      for (const T z : {T{-30}, T{-3.5f}, T{-0.25f}, T{0}, T{0.125f}, T{1}, T{7.75f}, T{40}}) {
        double exact = formula->second(static_cast<double>(z));
        if (std::fabs(exact) < static_cast<double>(std::numeric_limits<T>::min())) exact = 0;  // zero will do
        EXPECT_NEAR(static_cast<double>(value(k, unit, z)), exact, tolerance * std::fabs(exact))
            << unit.name << " " << z;
      }
    }
  });
}

TEST(Units, SlopeOfEveryUnitAgreesWithCentralDifferences) {
  for_each_target<double>([](const Kernels<double>& k, bool) {
    for (const UnitRow& unit : units()) {
      SCOPED_TRACE(unit.name);
      for (double z : {-20.0, -3.1, -0.7, -0.01, 0.01, 0.3, 2.2, 17.0}) {  // away from the kinks at 0
        const double h = 1e-5, difference = value(k, unit, z + h) - value(k, unit, z - h);
        EXPECT_NEAR(slope(k, unit, z), difference / (2 * h), 1e-9) << z;
      }
    }
  });
}

TEST(Units, CurveOfEveryUnitAgreesWithCentralDifferencesOfTheSlope) {
  for_each_target<double>([](const Kernels<double>& k, bool) {
    for (const UnitRow& unit : units()) {
      SCOPED_TRACE(unit.name);
      for (double z : {-20.0, -3.1, -0.7, -0.01, 0.01, 0.3, 2.2, 17.0}) {
        const double h = 1e-5, difference = slope(k, unit, z + h) - slope(k, unit, z - h);
        EXPECT_NEAR(curve(k, unit, z), difference / (2 * h), 1e-8) << z;
      }
    }
  });
}

TYPED_TEST(UnitsTest, SlopesAtTheKinksAreTheLowerOnesAndZeroWhereBothSidesAreAlike) {
  using T = TypeParam;
  for_each_target<T>([](const Kernels<T>& k, bool) {
    for (const T zero : {T{0}, -T{0}}) {
      EXPECT_EQ(slope(k, *find_unit("relu"), zero), 0);
      EXPECT_EQ(slope(k, *find_unit("leaky_relu"), zero), static_cast<T>(0.01));
      EXPECT_EQ(slope(k, *find_unit("abs"), zero), 0);
      EXPECT_EQ(slope(k, *find_unit("elu"), zero, T{0.5}), T{0.5});
      EXPECT_EQ(curve(k, *find_unit("elu"), zero, T{0.5}), T{0.5});
      EXPECT_EQ(slope(k, *find_unit("selu"), zero), static_cast<T>(1.7580993408473766));
      EXPECT_EQ(curve(k, *find_unit("selu"), zero), static_cast<T>(1.7580993408473766));
      EXPECT_EQ(value(k, *find_unit("heaviside"), zero), 1);
    }
    for (const T edge : {T{-1}, T{1}}) EXPECT_EQ(slope(k, *find_unit("hard_tanh"), edge), 0);
  });
}

TYPED_TEST(UnitsTest, AParameterIsHeard) {
  using T = TypeParam;
  for_each_target<T>([](const Kernels<T>& k, bool) {
    const UnitRow &leaky = *find_unit("leaky_relu"), &elu = *find_unit("elu");
    EXPECT_EQ(leaky.parameter, "slope");
    EXPECT_EQ(elu.parameter, "alpha");
    EXPECT_EQ(value(k, leaky, T{-4}, T{0.25}), T{-1});
    EXPECT_EQ(slope(k, leaky, T{-4}, T{0.25}), T{0.25});
    EXPECT_EQ(slope(k, leaky, T{4}, T{0.25}), 1);
    EXPECT_EQ(value(k, elu, T{-100}, T{3}), T{-3});
    EXPECT_EQ(value(k, elu, T{5}, T{3}), T{5});
    EXPECT_NEAR(static_cast<double>(slope(k, elu, T{-1}, T{3})), 3 * std::exp(-1.0), 1e-6);
    EXPECT_NEAR(static_cast<double>(curve(k, elu, T{-1}, T{3})), 3 * std::exp(-1.0), 1e-6);
  });
}

// Far out they are the identity or nothing: value and slope have reached their limits exactly.
TYPED_TEST(UnitsTest, GeluSiluAndMishAreExactFarOut) {
  using T = TypeParam;
  for_each_target<T>([](const Kernels<T>& k, bool) {
    for (const char* name : {"gelu", "silu", "mish"}) {
      for (const T far : {T{1e3f}, T{1e30f}, std::numeric_limits<T>::max()}) {
        EXPECT_EQ(value(k, *find_unit(name), far), far) << name;
        EXPECT_EQ(value(k, *find_unit(name), -far), 0) << name << far;
        EXPECT_EQ(slope(k, *find_unit(name), far), 1) << name << far;
        EXPECT_EQ(slope(k, *find_unit(name), -far), 0) << name << far;
        EXPECT_EQ(curve(k, *find_unit(name), far), 0) << name << far;
        EXPECT_EQ(curve(k, *find_unit(name), -far), 0) << name << far;
      }
      EXPECT_EQ(value(k, *find_unit(name), T{0}), 0);
      EXPECT_NEAR(static_cast<double>(slope(k, *find_unit(name), T{0})), name[0] == 'm' ? 0.6 : 0.5, 1e-7);
    }
  });
}

// The slope beside its formula, in the tail to the left too, where all of it is small.
TYPED_TEST(UnitsTest, SlopesOfGeluAndSiluAgreeWithTheirFormulas) {
  using T = TypeParam;
  const double tolerance = 16 * static_cast<double>(std::numeric_limits<T>::epsilon());
  for_each_target<T>([&](const Kernels<T>& k, bool) {
    for (int i = -48; i <= 48; ++i) {
      const T z = static_cast<T>(i) / 4;
      const auto x = static_cast<double>(z);
      const double tail = std::erfc(-x / std::sqrt(2.0)) / 2, rest = 0.3989422804014327 * x * std::exp(-x * x / 2);
      EXPECT_NEAR(static_cast<double>(slope(k, *find_unit("gelu"), z)), tail + rest,
                  tolerance * (tail + std::fabs(rest)))
          << x;
      const double s = 1 / (1 + std::exp(-x)), bend = x * s / (1 + std::exp(x));
      EXPECT_NEAR(static_cast<double>(slope(k, *find_unit("silu"), z)), s + bend, tolerance * (s + std::fabs(bend)))
          << x;
    }
  });
}

TYPED_TEST(UnitsTest, StayFiniteFarOutAndPassNanOn) {
  using T = TypeParam;
  for_each_target<T>([](const Kernels<T>& k, bool) {
    for (const UnitRow& unit : units()) {
      SCOPED_TRACE(unit.name);
      const T widest = std::numeric_limits<T>::max() / 2;  // selu is 1.05 z
      for (const T z : {-widest, T{-1e30f}, T{-1e3f}, T{1e3f}, T{1e30f}, widest}) {
        EXPECT_TRUE(std::isfinite(value(k, unit, z))) << z;
        EXPECT_TRUE(std::isfinite(slope(k, unit, z))) << z;
        EXPECT_TRUE(std::isfinite(curve(k, unit, z))) << z;
      }
      EXPECT_TRUE(std::isnan(value(k, unit, std::numeric_limits<T>::quiet_NaN())));
    }
  });
}

TYPED_TEST(UnitsTest, AnyShapeGivesTheSameNumbersAndZeroPadding) {
  using T = TypeParam;
  constexpr std::size_t kL = kLanes<T>;
  for_each_target<T>([](const Kernels<T>& k, bool) {
    for (const UnitRow& unit : units()) {
      if (!k.unit_value[unit.index]) continue;
      SCOPED_TRACE(unit.name);
      for (std::size_t columns :
           {std::size_t{1}, kL / 2 - 1, kL / 2, kL / 2 + 1, kL - 1, kL, kL + 1, std::size_t{26}}) {
        for (std::size_t rows : {0u, 1u, 5u}) {
          const auto z = PaddedMatrix<T>(rows, columns).randomise(1);
          PaddedMatrix<T> a(rows, columns), d(rows, columns);
          a.fill(9);
          const T parameter = default_parameter<T>(unit);
          k.unit_value[unit.index](z.data(), z.ld(), a.data(), a.ld(), rows, columns, parameter);
          for (std::size_t r = 0; r < rows; ++r) {
            for (std::size_t c = 0; c < columns; ++c) {
              ASSERT_EQ(a(r, c), value(k, unit, z(r, c)));
              d(r, c) = 3;
            }
          }
          EXPECT_TRUE(a.padding_is_zero());
          const auto& s = unit.slope_from_output ? a : z;
          k.unit_slope[unit.index](d.data(), d.ld(), s.data(), s.ld(), rows, columns, parameter);
          for (std::size_t r = 0; r < rows; ++r) {
            for (std::size_t c = 0; c < columns; ++c) {
              ASSERT_EQ(d(r, c), 3 * slope(k, unit, z(r, c)));
              d(r, c) = 5;
            }
          }
          EXPECT_TRUE(d.padding_is_zero());
          if (!k.unit_curve[unit.index]) continue;
          k.unit_curve[unit.index](d.data(), d.ld(), z.data(), z.ld(), rows, columns, parameter);
          for (std::size_t r = 0; r < rows; ++r) {
            for (std::size_t c = 0; c < columns; ++c) ASSERT_EQ(d(r, c), 5 * curve(k, unit, z(r, c)));
          }
          EXPECT_TRUE(d.padding_is_zero());
        }
      }
    }
  });
}

}  // namespace
}  // namespace ffwd
