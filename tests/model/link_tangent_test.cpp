#include "model/link_tangent.h"

#include <gtest/gtest.h>

#include <vector>

#include "core/aligned.h"
#include "kernels/layout.h"

namespace ffwd {
namespace {

std::vector<double> linked(const Loss& loss, std::vector<double> y) {
  const std::size_t n = y.size(), ld = n == 1 ? 1 : padded<double>(n);
  AlignedVector<double> row(padded<double>(ld));
  std::copy(y.begin(), y.end(), row.begin());
  loss.link(row.data(), ld, 1, n);
  return {row.begin(), row.begin() + static_cast<std::ptrdiff_t>(n)};
}

// Of every loss, for outputs of two targets or three classes.
TEST(LinkTangent, IsTheDerivativeOfTheLinkAlongAnyDirection) {
  for (const LossRow* row : losses()) {
    SCOPED_TRACE(row->name);
    const Loss loss(*row);
    const std::size_t n = loss.n_outputs(row->targets == LossTargets::kClasses ? 3 : 2);
    std::vector<double> y(n), direction(n), up(n), down(n);
    for (std::size_t k = 0; k < n; ++k) {
      y[k] = 0.3 * static_cast<double>(k) - 0.4;
      direction[k] = 1 - 0.35 * static_cast<double>(k);
      up[k] = y[k] + 1e-6 * direction[k];
      down[k] = y[k] - 1e-6 * direction[k];
    }
    const std::vector<double> high = linked(loss, up), low = linked(loss, down);
    std::vector<double> tangent = direction;
    link_tangent(loss, y, linked(loss, y), tangent);
    for (std::size_t k = 0; k < n; ++k) EXPECT_NEAR(tangent[k], (high[k] - low[k]) / 2e-6, 1e-8) << k;
  }
}

}  // namespace
}  // namespace ffwd
