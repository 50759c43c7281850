#include <cmath>

#include "optim/optimizer_check.h"

namespace ffwd {
namespace {

TEST(Rmsprop, FollowsItsFormulaCentredOrNotWithMomentumOrWithout) {
  for (const bool centered : {false, true}) {
    for (const double momentum : {0.0, 0.5}) {
      OptimizerOptions options{.momentum = momentum, .epsilon = 1e-6, .rms_decay = 0.9, .centered = centered};
      check_both(*find_row(optimizers(), "rmsprop"), options, 0.01, [=]() -> PlainStep {
        return [=, s = std::vector<double>(32), m = std::vector<double>(32), v = std::vector<double>(32)](
                   std::vector<double>& p, const std::vector<double>& g, int) mutable {
          for (std::size_t i = 0; i < p.size(); ++i) {
            s[i] = 0.9 * s[i] + 0.1 * g[i] * g[i];
            m[i] = 0.9 * m[i] + 0.1 * g[i];
            v[i] = momentum * v[i] + g[i] / (std::sqrt(centered ? s[i] - m[i] * m[i] : s[i]) + 1e-6);
            p[i] -= 0.01 * v[i];
          }
        };
      });
    }
  }
}

}  // namespace
}  // namespace ffwd
