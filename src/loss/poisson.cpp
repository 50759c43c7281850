// Poisson likelihood of counts, from the logarithm of the rate: l_n = mean_k e^y − t y, with all constants + log t!.
#include "loss/loss.h"

namespace ffwd {

extern constinit const LossRow poisson_row{
    .name = "poisson",
    .summary = "negative log-likelihood of counts, from the logarithm of their rate",
    .likelihood = "poisson",
    .source = "McCullagh & Nelder 1989, section 6.2",
    .targets = LossTargets::kCounts,
    .distribution = DistributionKind::kPoisson,
    .batch_f32 = &Kernels<float>::poisson,
    .batch_f64 = &Kernels<double>::poisson,
    .link_f32 = &Kernels<float>::exponential,
    .link_f64 = &Kernels<double>::exponential,
};

}  // namespace ffwd
