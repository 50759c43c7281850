// Mean squared error: l_n = mean_k (y − t)², the likelihood of a Gaussian whose mean is the output.
#include "loss/loss.h"

namespace ffwd {

extern constinit const LossRow mse_row{
    .name = "mse",
    .summary = "mean squared error",
    .likelihood = "gaussian_mean",
    .source = "Bishop 2006, section 3.1.1",
    .targets = LossTargets::kNumbers,
    .squared = true,
    .batch_f32 = &Kernels<float>::squared_error,
    .batch_f64 = &Kernels<double>::squared_error,
};

}  // namespace ffwd
