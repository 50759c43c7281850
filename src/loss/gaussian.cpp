// Gaussian likelihood with a mean m and a variance e^s of its own in each row: l_n = mean_k (s + (t − m)² e^−s)/2, with
// all constants + log(2π)/2. The outputs are m_1 … m_K, s_1 … s_K.
#include "loss/loss.h"

namespace ffwd {

extern constinit const LossRow gaussian_row{
    .name = "gaussian",
    .summary = "negative log-likelihood of a Gaussian, whose mean and variance are both outputs",
    .likelihood = "gaussian",
    .source = "Nix & Weigend 1994",
    .targets = LossTargets::kNumbers,
    .outputs = LossOutputs::kLocationScale,
    .distribution = DistributionKind::kGaussian,
    .batch_f32 = &Kernels<float>::gaussian,
    .batch_f64 = &Kernels<double>::gaussian,
    .link_f32 = &Kernels<float>::gaussian_spread,
    .link_f64 = &Kernels<double>::gaussian_spread,
};

}  // namespace ffwd
