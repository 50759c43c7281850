// Huber's loss: with r = |y − t|, l_n = mean_k of r²/2 up to r = δ and of δ (r − δ/2) beyond, the likelihood of Huber's
// least favourable distribution: a Gaussian in the middle, Laplace in the tails. δ is 1 unless the caller says
// otherwise: one standard deviation of a target that is standardised.
#include "loss/loss.h"

namespace ffwd {

extern constinit const LossRow huber_row{
    .name = "huber",
    .summary = "squared up to an error of delta standard deviations of the target, absolute beyond",
    .likelihood = "huber_mean",
    .source = "Huber 1964",
    .targets = LossTargets::kNumbers,
    .has_delta = true,
    .batch_f32 = &Kernels<float>::huber,
    .batch_f64 = &Kernels<double>::huber,
};

}  // namespace ffwd
