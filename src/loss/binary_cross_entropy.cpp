// Binary cross-entropy from logits: l_n = mean_k softplus(y) − t y, the likelihood of a Bernoulli whose probability is
// sigmoid(y). Exact for any y: no probability is formed on the way.
#include "loss/loss.h"

namespace ffwd {

extern constinit const LossRow binary_cross_entropy_row{
    .name = "binary_cross_entropy",
    .summary = "cross-entropy of two classes, from one logit",
    .likelihood = "bernoulli",
    .source = "Bishop 2006, section 4.3.2",
    .targets = LossTargets::kTwoClasses,
    .batch_f32 = [](const LossBatch<float>& b) { kernels<float>().binary_cross_entropy(b); },
    .batch_f64 = [](const LossBatch<double>& b) { kernels<double>().binary_cross_entropy(b); },
    .link_f32 = [](float* y, std::size_t ld, std::size_t rows,
                   std::size_t outputs) { kernels<float>().sigmoid(y, ld, rows, outputs); },
    .link_f64 = [](double* y, std::size_t ld, std::size_t rows,
                   std::size_t outputs) { kernels<double>().sigmoid(y, ld, rows, outputs); },
};

}  // namespace ffwd
