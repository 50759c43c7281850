#include "model/mixture.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "core/rows.h"

namespace ffwd {
namespace {

Loss loss_called(const char* name) { return Loss(*find_row(losses(), name)); }

TEST(Mixture, IsTheMeanOfWhatTheMembersAnswer) {
  const std::vector<double> linked = {0.2, 0.8, -1, /**/ 0.6, 0.4, -1, /**/ 0.1, 0.9, -1};  // stride 3, two outputs
  std::vector<double> mixed(2);
  for (const char* name : {"mse", "categorical_cross_entropy", "poisson", "quantile"}) {
    mix(loss_called(name), {.values = linked.data(), .members = 3, .stride = 3}, mixed);
    EXPECT_DOUBLE_EQ(mixed[0], 0.3);
    EXPECT_DOUBLE_EQ(mixed[1], 0.7);
  }
}

TEST(Mixture, HasTheSpreadOfTheMixtureOfDistributions) {
  // Two targets: means 1, 10 and 3, 10; sds 0.5, 2 and 1.5, 4.
  const std::vector<double> linked = {1, 10, 0.5, 2, /**/ 3, 10, 1.5, 4};
  std::vector<double> mixed(4);
  for (const char* name : {"gaussian", "laplace"}) {
    mix(loss_called(name), {.values = linked.data(), .members = 2, .stride = 4}, mixed);
    EXPECT_DOUBLE_EQ(mixed[0], 2);
    EXPECT_DOUBLE_EQ(mixed[1], 10);
    EXPECT_DOUBLE_EQ(mixed[2], std::sqrt((0.25 + 1 + 2.25 + 9) / 2 - 4)) << "mean(sd² + mean²) - mean²";
    EXPECT_DOUBLE_EQ(mixed[3], std::sqrt((4.0 + 16.0) / 2));
  }
}

TEST(Mixture, OfOneMemberIsThatMember) {
  const std::vector<double> linked = {0.1, 1e-300};
  std::vector<double> mixed(2);
  mix(loss_called("gaussian"), {.values = linked.data(), .members = 1, .stride = 2}, mixed);
  EXPECT_EQ(mixed, linked);
}

TEST(Mixture, MovesAsDifferencesSay) {
  const std::vector<double> linked = {1, 10, 0.5, 2, /**/ 3, 11, 1.5, 4, /**/ 2, 9, 1, 0.1};
  const std::vector<double> dot = {0.3, -1, 0.2, 0.7, /**/ -0.4, 2, 0.1, 0, /**/ 1, 1, -0.5, 0.3};
  for (const char* name : {"mse", "gaussian"}) {
    const Loss loss = loss_called(name);
    constexpr double kStep = 1e-6;
    std::vector<double> up = linked, down = linked, above(4), below(4), mixed(4), mixed_dot(4);
    for (std::size_t i = 0; i < linked.size(); ++i) {
      up[i] += kStep * dot[i];
      down[i] -= kStep * dot[i];
    }
    const auto of = [](const std::vector<double>& v) {
      return OfMembers{.values = v.data(), .members = 3, .stride = 4};
    };
    mix(loss, of(linked), mixed);
    mix(loss, of(up), above);
    mix(loss, of(down), below);
    mix_tangent(loss, of(linked), of(dot), mixed, mixed_dot);
    for (std::size_t k = 0; k < 4; ++k) EXPECT_NEAR(mixed_dot[k], (above[k] - below[k]) / (2 * kStep), 1e-8) << k;
  }
}

}  // namespace
}  // namespace ffwd
