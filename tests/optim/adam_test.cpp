#include <algorithm>
#include <cmath>

#include "optim/optimizer_check.h"

namespace ffwd {
namespace {

TEST(Adam, FollowsItsFormula) {
  struct Case {
    double beta1, beta2, epsilon;
    bool amsgrad;
  };
  for (const Case& c : {Case{0.9, 0.999, 1e-8, false}, Case{0.8, 0.95, 1e-6, false}, Case{0.9, 0.5, 1e-8, true}}) {
    OptimizerOptions options{.beta1 = c.beta1, .beta2 = c.beta2, .epsilon = c.epsilon, .amsgrad = c.amsgrad};
    check_both(*find_row(optimizers(), "adam"), options, 0.05, [c]() -> PlainStep {
      return [c, m = std::vector<double>(32), s = std::vector<double>(32), peak = std::vector<double>(32)](
                 std::vector<double>& p, const std::vector<double>& g, int t) mutable {
        for (std::size_t i = 0; i < p.size(); ++i) {
          m[i] = c.beta1 * m[i] + (1 - c.beta1) * g[i];
          s[i] = c.beta2 * s[i] + (1 - c.beta2) * g[i] * g[i];
          peak[i] = c.amsgrad ? std::max(peak[i], s[i]) : s[i];
          p[i] -= 0.05 / (1 - std::pow(c.beta1, t)) * m[i] /
                  (std::sqrt(peak[i]) / std::sqrt(1 - std::pow(c.beta2, t)) + c.epsilon);
        }
      };
    });
  }
}

TEST(Adam, HasTheUsualDefaults) {
  const OptimizerOptions given{.beta1 = 0.9, .beta2 = 0.999, .epsilon = 1e-8};
  EXPECT_EQ(steps_taken(*find_row(optimizers(), "adam"), {}), steps_taken(*find_row(optimizers(), "adam"), given));
}

}  // namespace
}  // namespace ffwd
