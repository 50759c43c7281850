// Binary cross-entropy from logits: l_n = mean_k softplus(y) − t y, the likelihood of Bernoullis, independent if there
// are several, whose probabilities are sigmoid(y). Exact for any y: no probability is formed on the way.
#include "loss/loss.h"

namespace ffwd {

extern constinit const LossRow binary_cross_entropy_row{
    .name = "binary_cross_entropy",
    .summary = "cross-entropy of two classes, from one logit",
    .likelihood = "bernoulli",
    .source = "Bishop 2006, section 4.3.2",
    .targets = LossTargets::kTwoClasses,
    .distribution = DistributionKind::kBernoulli,
    .batch_f32 = &Kernels<float>::binary_cross_entropy,
    .batch_f64 = &Kernels<double>::binary_cross_entropy,
    .link_f32 = &Kernels<float>::sigmoid,
    .link_f64 = &Kernels<double>::sigmoid,
};

}  // namespace ffwd
