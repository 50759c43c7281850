// AdamW: Adam with decoupled weight decay. Loshchilov & Hutter (2019), algorithm 2.
#include "optim/adam_state.h"

namespace ffwd {

extern constinit const OptimizerRow adamw_row{
    .name = "adamw",
    .summary = "adam with decoupled weight decay",
    .source = "Loshchilov & Hutter 2019",
    .default_learning_rate = 5e-3,
    .uses_momentum = false,
    .uses_weight_decay = true,
    .make_f32 = [](std::size_t n, const OptimizerOptions& options) -> std::unique_ptr<Optimizer<float>> {
      return std::make_unique<AdamState<float>>(n, options.weight_decay);
    },
    .make_f64 = [](std::size_t n, const OptimizerOptions& options) -> std::unique_ptr<Optimizer<double>> {
      return std::make_unique<AdamState<double>>(n, options.weight_decay);
    },
};

}  // namespace ffwd
