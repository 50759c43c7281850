// Mean absolute error: l_n = mean_k |y − t|, the likelihood of a Laplace distribution whose location is the output: the
// prediction is a median. The gradient of an error of exactly 0 is 0.
#include "loss/loss.h"

namespace ffwd {

extern constinit const LossRow mae_row{
    .name = "mae",
    .summary = "mean absolute error",
    .likelihood = "laplace_mean",
    .source = "Koenker & Bassett 1978",
    .targets = LossTargets::kNumbers,
    .batch_f32 = &Kernels<float>::absolute_error,
    .batch_f64 = &Kernels<double>::absolute_error,
};

}  // namespace ffwd
