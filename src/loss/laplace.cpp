// Laplace likelihood with a location m and a scale e^s of its own in each row: l_n = mean_k |t − m| e^−s + s, with all
// constants + log 2. The outputs are m_1 … m_K, s_1 … s_K; m is a median. The gradient of an error of exactly 0 is 0.
#include "loss/loss.h"

namespace ffwd {

extern constinit const LossRow laplace_row{
    .name = "laplace",
    .summary = "negative log-likelihood of a Laplace distribution, whose median and scale are both outputs",
    .likelihood = "laplace",
    .source = "Kotz, Kozubowski & Podgórski 2001, chapter 2",
    .targets = LossTargets::kNumbers,
    .outputs = LossOutputs::kLocationScale,
    .distribution = DistributionKind::kLaplace,
    .batch_f32 = &Kernels<float>::laplace,
    .batch_f64 = &Kernels<double>::laplace,
    .link_f32 = &Kernels<float>::laplace_spread,
    .link_f64 = &Kernels<double>::laplace_spread,
};

}  // namespace ffwd
