#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include "kernels/kernels.h"
#include "kernels/layout.h"
#include "reference.h"

namespace ffwd {
namespace {

constexpr long double kDelta = 0.75L;

/// One loss: which kernel it is, and its terms as the textbook has them.
struct Loss {
  const char* name;
  long double (*value)(long double y, long double t);
  long double (*slope)(long double y, long double t);
};
const Loss kElementwise[] = {
    {"squared_error", [](long double y, long double t) { return (y - t) * (y - t); },
     [](long double y, long double t) { return 2 * (y - t); }},
    {"absolute_error", [](long double y, long double t) { return std::fabs(y - t); },
     [](long double y, long double t) { return y == t ? 0 : std::copysign(1.0L, y - t); }},
    {"huber",
     [](long double y, long double t) {
       const long double r = std::fabs(y - t);
       return r <= kDelta ? r * r / 2 : kDelta * (r - kDelta / 2);
     },
     [](long double y, long double t) { return std::clamp(y - t, -kDelta, kDelta); }},
    {"binary_cross_entropy", [](long double y, long double t) { return std::log1p(std::exp(y)) - t * y; },
     [](long double y, long double t) { return 1 / (1 + std::exp(-y)) - t; }},
};

template <class T>
void run(const Kernels<T>& k, const std::string& name, const LossBatch<T>& batch) {
  (name == "squared_error"          ? k.squared_error
   : name == "absolute_error"       ? k.absolute_error
   : name == "huber"                ? k.huber
   : name == "binary_cross_entropy" ? k.binary_cross_entropy
                                    : k.categorical_cross_entropy)(batch);
}

template <class T>
constexpr double kTolerance = 20 * static_cast<double>(std::numeric_limits<T>::epsilon());

template <class T>
void expect_close(T got, long double exact) {
  EXPECT_NEAR(static_cast<double>(got), static_cast<double>(exact),
              kTolerance<T> * std::fmax(1.0, std::fabs(static_cast<double>(exact))));
}

template <class T>
class LossesTest : public ::testing::Test {
 protected:
  static constexpr std::size_t kL = kLanes<T>;
  static std::vector<std::size_t> row_counts() { return {0, 1, kL - 1, kL, kL + 1, 37}; }
  /// A matrix whose rows need no room beyond their numbers if there is one per row and `tight`, else whole blocks.
  static PaddedMatrix<T> matrix(std::size_t rows, std::size_t columns, bool tight) {
    return PaddedMatrix<T>(rows, columns, tight && columns == 1 ? 1 : padded<T>(columns));
  }
};
TYPED_TEST_SUITE(LossesTest, Precisions);

TYPED_TEST(LossesTest, ElementwiseLossesAreMeansOverTheOutputsWithWeightedGradients) {
  using T = TypeParam;
  for (std::size_t outputs : {1u, 2u, 5u, 16u, 26u}) {
    for (std::size_t rows : TestFixture::row_counts()) {
      for (bool tight : {false, true}) {
        SCOPED_TRACE(std::to_string(rows) + "x" + std::to_string(outputs));
        const auto y = TestFixture::matrix(rows, outputs, tight).randomise(1);
        const auto t = TestFixture::matrix(rows, outputs, !tight).randomise(2);
        const auto weight = PaddedMatrix<T>(rows, 1, 1).randomise(3);
        for_each_target<T>([&](const Kernels<T>& k, bool) {
          for (const Loss& loss : kElementwise) {
            auto dy = TestFixture::matrix(rows, outputs, tight);
            dy.fill(9);
            PaddedMatrix<T> per_row(1, padded<T>(rows));
            run<T>(k, loss.name,
                   {rows, outputs, y.data(), y.ld(), t.data(), t.ld(), weight.data(), T{0.25f}, per_row.data(),
                    dy.data(), dy.ld(), static_cast<T>(kDelta)});
            for (std::size_t n = 0; n < rows; ++n) {
              long double sum = 0;
              for (std::size_t c = 0; c < outputs; ++c) {
                sum += loss.value(static_cast<long double>(y(n, c)), static_cast<long double>(t(n, c)));
                const long double slope =
                    loss.slope(static_cast<long double>(y(n, c)), static_cast<long double>(t(n, c)));
                expect_close(dy(n, c),
                             slope * static_cast<long double>(weight(n, 0)) / 4 / static_cast<long double>(outputs));
              }
              expect_close(per_row(0, n), sum / static_cast<long double>(outputs));
            }
            EXPECT_TRUE(dy.padding_is_zero());
          }
        });
      }
    }
  }
}

TYPED_TEST(LossesTest, CategoricalIsTheLogOfTheSumLessTheTargetsLogit) {
  using T = TypeParam;
  for (std::size_t outputs : {2u, 3u, 16u, 26u, 100u}) {
    for (std::size_t rows : TestFixture::row_counts()) {
      SCOPED_TRACE(std::to_string(rows) + "x" + std::to_string(outputs));
      auto y = PaddedMatrix<T>(rows, outputs).randomise(1);
      PaddedMatrix<T> t(rows, 1, 1), dy(rows, outputs), per_row(1, padded<T>(rows));
      const auto weight = PaddedMatrix<T>(rows, 1, 1).randomise(3);
      for (std::size_t n = 0; n < rows; ++n) {
        t(n, 0) = static_cast<T>(n * 7 % outputs);
        for (std::size_t c = 0; c < outputs; ++c) y(n, c) -= 3;  // all below the padding's zero
      }
      for_each_target<T>([&](const Kernels<T>& k, bool) {
        dy.fill(9);
        k.categorical_cross_entropy(
            {rows, outputs, y.data(), y.ld(), t.data(), 1, weight.data(), T{0.5f}, per_row.data(), dy.data(), dy.ld()});
        for (std::size_t n = 0; n < rows; ++n) {
          const auto target = n * 7 % outputs;
          long double sum = 0;
          for (std::size_t c = 0; c < outputs; ++c) sum += std::exp(static_cast<long double>(y(n, c)));
          expect_close(per_row(0, n), std::log(sum) - static_cast<long double>(y(n, target)));
          for (std::size_t c = 0; c < outputs; ++c) {
            const long double p = std::exp(static_cast<long double>(y(n, c))) / sum - (c == target ? 1 : 0);
            expect_close(dy(n, c), p * static_cast<long double>(weight(n, 0)) / 2);
          }
        }
        EXPECT_TRUE(dy.padding_is_zero());
      });
    }
  }
}

TYPED_TEST(LossesTest, RowIsTheSameInAnyBatchAndWithoutItsGradient) {
  using T = TypeParam;
  for (std::size_t outputs : {1u, 3u, 20u}) {
    const auto y = PaddedMatrix<T>(29, outputs).randomise(1);
    auto t = PaddedMatrix<T>(29, outputs);
    for (std::size_t n = 0; n < 29; ++n) t(n, 0) = static_cast<T>(n % outputs);
    for_each_target<T>([&](const Kernels<T>& k, bool) {
      for (const char* name :
           {"squared_error", "absolute_error", "huber", "binary_cross_entropy", "categorical_cross_entropy"}) {
        if (outputs == 1 && std::string(name) == "categorical_cross_entropy") continue;
        PaddedMatrix<T> dy(29, outputs), one_dy(1, outputs), per_row(1, padded<T>(29)), one(1, kLanes<T>);
        run<T>(k, name,
               {29, outputs, y.data(), y.ld(), t.data(), t.ld(), nullptr, 1, per_row.data(), dy.data(), dy.ld()});
        for (std::size_t n = 0; n < 29; ++n) {
          LossBatch<T> single{1,       outputs, &y(n, 0),   y.ld(),        &t(n, 0),   t.ld(),
                              nullptr, 1,       one.data(), one_dy.data(), one_dy.ld()};
          run(k, name, single);
          EXPECT_EQ(one(0, 0), per_row(0, n));
          EXPECT_TRUE(std::equal(&dy(n, 0), &dy(n, 0) + outputs, one_dy.data()));
          single.dy = nullptr;
          one.fill(9);
          run(k, name, single);
          EXPECT_EQ(one(0, 0), per_row(0, n));
        }
      }
    });
  }
}

TYPED_TEST(LossesTest, LogitsOfAnySizeGiveFiniteLosses) {
  using T = TypeParam;
  for_each_target<T>([](const Kernels<T>& k, bool) {
    for (const T big : {T{800}, T{1e4f}, T{1e30f}}) {
      PaddedMatrix<T> y(4, 1, 1), t(4, 1, 1), dy(4, 1, 1), per_row(1, kLanes<T>);
      for (std::size_t n = 0; n < 4; ++n) {
        y(n, 0) = n % 2 ? big : -big;
        t(n, 0) = n < 2 ? 1 : 0;
      }
      k.binary_cross_entropy({4, 1, y.data(), 1, t.data(), 1, nullptr, 1, per_row.data(), dy.data(), 1});
      EXPECT_EQ(per_row(0, 0), big);  // a certain answer that is wrong costs its logit
      EXPECT_LT(per_row(0, 1), T{1e-30f});
      EXPECT_LT(per_row(0, 2), T{1e-30f});
      EXPECT_EQ(per_row(0, 3), big);
      EXPECT_EQ(dy(0, 0), -1);
      EXPECT_EQ(dy(3, 0), 1);

      PaddedMatrix<T> logits(1, 3), gradient(1, 3);
      logits(0, 0) = big;
      logits(0, 1) = -big;
      t(0, 0) = 1;
      k.categorical_cross_entropy(
          {1, 3, logits.data(), logits.ld(), t.data(), 1, nullptr, 1, per_row.data(), gradient.data(), gradient.ld()});
      EXPECT_EQ(per_row(0, 0), 2 * big);
      EXPECT_EQ(gradient.numbers(), (std::vector<T>{1, -1, 0}));
    }
  });
}

TYPED_TEST(LossesTest, NanInAnOutputReachesTheLossOfItsRowAlone) {
  using T = TypeParam;
  for_each_target<T>([](const Kernels<T>& k, bool) {
    for (const char* name :
         {"squared_error", "absolute_error", "huber", "binary_cross_entropy", "categorical_cross_entropy"}) {
      for (std::size_t bad = 0; bad < 5; ++bad) {
        auto y = PaddedMatrix<T>(3, 5).randomise(1);
        PaddedMatrix<T> t(3, 5), per_row(1, kLanes<T>);
        y(1, bad) = std::numeric_limits<T>::quiet_NaN();
        run<T>(k, name, {3, 5, y.data(), y.ld(), t.data(), t.ld(), nullptr, 1, per_row.data(), nullptr, 0});
        EXPECT_TRUE(std::isfinite(per_row(0, 0)) && std::isnan(per_row(0, 1)) && std::isfinite(per_row(0, 2)))
            << name << bad;
      }
    }
  });
}

TYPED_TEST(LossesTest, PredictionsAreProbabilities) {
  using T = TypeParam;
  for (std::size_t outputs : {1u, 2u, 7u, 16u, 26u}) {
    for (std::size_t rows : TestFixture::row_counts()) {
      for (bool tight : {false, true}) {
        const auto y = TestFixture::matrix(rows, outputs, tight).randomise(1);
        for_each_target<T>([&](const Kernels<T>& k, bool) {
          auto sigmoid = y, softmax = y;
          k.sigmoid({rows, outputs, sigmoid.data(), sigmoid.ld()});
          k.softmax({rows, outputs, softmax.data(), softmax.ld()});
          for (std::size_t n = 0; n < rows; ++n) {
            long double sum = 0;
            for (std::size_t c = 0; c < outputs; ++c) sum += std::exp(static_cast<long double>(y(n, c)));
            for (std::size_t c = 0; c < outputs; ++c) {
              expect_close(sigmoid(n, c), 1 / (1 + std::exp(-static_cast<long double>(y(n, c)))));
              expect_close(softmax(n, c), std::exp(static_cast<long double>(y(n, c))) / sum);
            }
          }
          EXPECT_TRUE(sigmoid.padding_is_zero() && softmax.padding_is_zero());
        });
      }
    }
  }
}

}  // namespace
}  // namespace ffwd
