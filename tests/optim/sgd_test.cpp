#include "optim/optimizer_check.h"

namespace ffwd {
namespace {

TEST(Sgd, FollowsItsFormulaWithAndWithoutMomentum) {
  for (double momentum : {0.0, 0.9}) {
    check_both(*find_row(optimizers(), "sgd"), {.momentum = momentum}, 0.01, [momentum]() -> PlainStep {
      return
          [momentum, v = std::vector<double>(32)](std::vector<double>& p, const std::vector<double>& g, int) mutable {
            for (std::size_t i = 0; i < p.size(); ++i) {
              v[i] = momentum * v[i] + g[i];
              p[i] -= 0.01 * v[i];
            }
          };
    });
  }
}

}  // namespace
}  // namespace ffwd
