// Half the squared error: l_n = mean_k (y − t)²/2, but for a constant the likelihood of a Gaussian of variance 1 whose
// mean is the output; its gradient is the plain error.
#include "loss/loss.h"

namespace ffwd {

extern constinit const LossRow half_squared_row{
    .name = "half_squared",
    .summary = "half the mean squared error",
    .likelihood = "gaussian_unit_variance",
    .source = "Bishop 2006, section 5.2",
    .targets = LossTargets::kNumbers,
    .squared = true,
    .batch_f32 = &Kernels<float>::half_squared_error,
    .batch_f64 = &Kernels<double>::half_squared_error,
};

}  // namespace ffwd
