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
    .batch_f32 = [](const LossBatch<float>& b) { kernels<float>().absolute_error(b); },
    .batch_f64 = [](const LossBatch<double>& b) { kernels<double>().absolute_error(b); },
    .link_f32 = [](float*, std::size_t, std::size_t, std::size_t) {},
    .link_f64 = [](double*, std::size_t, std::size_t, std::size_t) {},
};

}  // namespace ffwd
