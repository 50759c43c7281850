// Quantiles that cannot cross: the lowest is an output, each other one lies softplus of an output above the one before
// it, q_kq = y_k0 + Σ_(j = 1 … q) softplus(y_kj), and l_n = mean_kq max(τ_q r, (τ_q − 1) r) with r = t_k − q_kq.
#include "loss/loss.h"

namespace ffwd {

extern constinit const LossRow quantile_row{
    .name = "quantile",
    .summary = "quantiles that cannot cross",
    .likelihood = "quantile",
    .source = "Koenker & Bassett 1978; Gasthaus et al. 2019",
    .targets = LossTargets::kNumbers,
    .outputs = LossOutputs::kLevels,
    .distribution = DistributionKind::kQuantiles,
    .batch_f32 = &Kernels<float>::quantile,
    .batch_f64 = &Kernels<double>::quantile,
    .link_f32 = &Kernels<float>::quantile_levels,
    .link_f64 = &Kernels<double>::quantile_levels,
};

}  // namespace ffwd
