// Mean squared error: l_n = mean_k (y − t)², the likelihood of a Gaussian whose mean is the output.
#include "loss/loss.h"

namespace ffwd {

extern constinit const LossRow mse_row{
    .name = "mse",
    .summary = "mean squared error",
    .likelihood = "gaussian_mean",
    .source = "Bishop 2006, section 3.1.1",
    .targets = LossTargets::kNumbers,
    .batch_f32 = [](const LossBatch<float>& b) { kernels<float>().squared_error(b); },
    .batch_f64 = [](const LossBatch<double>& b) { kernels<double>().squared_error(b); },
    .link_f32 = [](float*, std::size_t, std::size_t, std::size_t) {},
    .link_f64 = [](double*, std::size_t, std::size_t, std::size_t) {},
};

}  // namespace ffwd
