// Perceptron criterion: l_n = mean_k (H(y) − t) y with H(y) = 1 for y ≥ 0 and 0 below: |y| of an answer that is wrong,
// 0 of a right one. Its slope in y is H(y) − t: online descent with the rate η is Rosenblatt's rule w += η (t − H(y))
// x.
#include "loss/loss.h"

namespace ffwd {

extern constinit const LossRow perceptron_row{
    .name = "perceptron",
    .summary = "perceptron criterion of two classes: how far a wrong answer is from the boundary",
    .likelihood = "threshold",
    .source = "Rosenblatt 1962; Bishop 2006, section 4.1.7",
    .targets = LossTargets::kTwoClasses,
    .distribution = DistributionKind::kBernoulli,
    .batch_f32 = &Kernels<float>::perceptron,
    .batch_f64 = &Kernels<double>::perceptron,
    .link_f32 = &Kernels<float>::threshold,
    .link_f64 = &Kernels<double>::threshold,
};

}  // namespace ffwd
