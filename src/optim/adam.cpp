// Adam: adaptive moment estimation. Kingma & Ba (2015), algorithm 1.
#include "optim/adam_state.h"

namespace ffwd {

extern constinit const OptimizerRow adam_row{
    .name = "adam",
    .summary = "adaptive moment estimation",
    .source = "Kingma & Ba 2015",
    .default_learning_rate = 1e-3,
    .uses_momentum = false,
    .uses_weight_decay = false,
    .make_f32 = [](std::size_t n, const OptimizerOptions&) -> std::unique_ptr<Optimizer<float>> {
      return std::make_unique<AdamState<float>>(n, 0.0);
    },
    .make_f64 = [](std::size_t n, const OptimizerOptions&) -> std::unique_ptr<Optimizer<double>> {
      return std::make_unique<AdamState<double>>(n, 0.0);
    },
};

}  // namespace ffwd
