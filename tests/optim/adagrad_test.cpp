#include <cmath>

#include "optim/optimizer_check.h"

namespace ffwd {
namespace {

TEST(Adagrad, FollowsItsFormula) {
  for (const double decay : {0.0, 0.05}) {
    const double start = decay == 0 ? 0 : 0.1;
    OptimizerOptions options{.epsilon = 1e-8, .initial_accumulator = start, .rate_decay = decay};
    check_both(*find_row(optimizers(), "adagrad"), options, 0.1, [=]() -> PlainStep {
      return
          [=, s = std::vector<double>(32, start)](std::vector<double>& p, const std::vector<double>& g, int r) mutable {
            for (std::size_t i = 0; i < p.size(); ++i) {
              s[i] += g[i] * g[i];
              p[i] -= 0.1 / (1 + (r - 1) * decay) * g[i] / (std::sqrt(s[i]) + 1e-8);
            }
          };
    });
  }
}

}  // namespace
}  // namespace ffwd
