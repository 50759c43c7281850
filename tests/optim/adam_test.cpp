#include <cmath>

#include "optim/optimizer_check.h"

namespace ffwd {
namespace {

TEST(Adam, FollowsItsFormula) {
  check_both(*find_row(optimizers(), "adam"), {.weight_decay = 0.1}, 0.05, []() -> PlainStep {
    return [m = std::vector<double>(32), s = std::vector<double>(32)](std::vector<double>& p,
                                                                      const std::vector<double>& g, int t) mutable {
      const double decay = 0;
      for (std::size_t i = 0; i < p.size(); ++i) {
        p[i] *= 1 - 0.05 * decay;
        m[i] = 0.9 * m[i] + 0.1 * g[i];
        s[i] = 0.999 * s[i] + 0.001 * g[i] * g[i];
        p[i] -= 0.05 / (1 - std::pow(0.9, t)) * m[i] / (std::sqrt(s[i]) / std::sqrt(1 - std::pow(0.999, t)) + 1e-8);
      }
    };
  });
}

}  // namespace
}  // namespace ffwd
