// Categorical cross-entropy from logits: l_n = log Σ_k exp(y_k) − y_t, the likelihood of a categorical distribution
// with probabilities softmax(y). The target is the number of the class.
#include "loss/loss.h"

namespace ffwd {

extern constinit const LossRow categorical_cross_entropy_row{
    .name = "categorical_cross_entropy",
    .summary = "cross-entropy of several classes, from one logit each",
    .likelihood = "categorical",
    .source = "Bishop 2006, section 4.3.4",
    .targets = LossTargets::kClasses,
    .batch_f32 = [](const LossBatch<float>& b) { kernels<float>().categorical_cross_entropy(b); },
    .batch_f64 = [](const LossBatch<double>& b) { kernels<double>().categorical_cross_entropy(b); },
    .link_f32 = [](float* y, std::size_t ld, std::size_t rows,
                   std::size_t outputs) { kernels<float>().softmax(y, ld, rows, outputs); },
    .link_f64 = [](double* y, std::size_t ld, std::size_t rows,
                   std::size_t outputs) { kernels<double>().softmax(y, ld, rows, outputs); },
};

}  // namespace ffwd
