// Categorical cross-entropy from logits: l_n = −Σ_k t'_k log softmax(y)_k with t' = (1 − ε) t + ε/K, the likelihood of
// a categorical distribution with probabilities softmax(y). t is 1 for the true class, or, with soft targets, a
// probability of each class; ε is the label smoothing of Szegedy et al. (2016), section 7.
#include "loss/loss.h"

namespace ffwd {

extern constinit const LossRow categorical_cross_entropy_row{
    .name = "categorical_cross_entropy",
    .summary = "cross-entropy of several classes, from one logit each",
    .likelihood = "categorical",
    .source = "Bishop 2006, section 4.3.4",
    .targets = LossTargets::kClasses,
    .has_smoothing = true,
    .batch_f32 = &Kernels<float>::categorical_cross_entropy,
    .batch_f64 = &Kernels<double>::categorical_cross_entropy,
    .link_f32 = &Kernels<float>::softmax,
    .link_f64 = &Kernels<double>::softmax,
};

}  // namespace ffwd
