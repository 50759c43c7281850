#include "optim/optimizer_options.h"

namespace ffwd {

std::span<const OptimizerOption* const> optimizer_options() {
  using namespace optimizer_option;
  static constexpr const OptimizerOption* kRows[] = {
      &kMomentum, &kNesterov, &kWeightDecay,        &kBeta1,     &kBeta2,       &kEpsilon, &kAmsgrad,
      &kRmsDecay, &kCentered, &kInitialAccumulator, &kRateDecay, &kLbfgsMemory, &kDamping,
  };
  return kRows;
}

}  // namespace ffwd
