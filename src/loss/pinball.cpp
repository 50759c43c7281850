// Quantiles in columns that know nothing of each other: l_n = mean_kq max(τ_q r, (τ_q − 1) r), r = t_k − y_kq, column
// k·Q + q. They may cross where rows are few; the loss `quantile` cannot.
#include "loss/loss.h"

namespace ffwd {

extern constinit const LossRow pinball_row{
    .name = "pinball",
    .summary = "quantiles, each an output of its own",
    .likelihood = "independent_quantiles",
    .source = "Koenker & Bassett 1978",
    .targets = LossTargets::kNumbers,
    .outputs = LossOutputs::kLevels,
    .distribution = DistributionKind::kQuantiles,
    .batch_f32 = &Kernels<float>::pinball,
    .batch_f64 = &Kernels<double>::pinball,
};

}  // namespace ffwd
