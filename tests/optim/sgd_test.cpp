#include "optim/optimizer_check.h"

namespace ffwd {
namespace {

TEST(Sgd, FollowsItsFormulaWithAndWithoutMomentum) {
  for (const bool nesterov : {false, true}) {
    for (const double momentum : {0.0, 0.9}) {
      const OptimizerOptions options{.momentum = momentum, .nesterov = nesterov};
      check_both(*find_row(optimizers(), "sgd"), options, 0.01, [=]() -> PlainStep {
        return [=, v = std::vector<double>(32)](std::vector<double>& p, const std::vector<double>& g, int) mutable {
          for (std::size_t i = 0; i < p.size(); ++i) {
            v[i] = momentum * v[i] + g[i];
            p[i] -= 0.01 * (nesterov ? g[i] + momentum * v[i] : v[i]);
          }
        };
      });
    }
  }
}

}  // namespace
}  // namespace ffwd
