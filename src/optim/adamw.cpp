// AdamW: Adam with decoupled weight decay. Loshchilov & Hutter (2019), algorithm 2.
#include "optim/adam_state.h"

namespace ffwd {
namespace {

constexpr UsedByOptimizer kOptions[] = {{.option = &optimizer_option::kWeightDecay, .value = 0.1},
                                        {.option = &optimizer_option::kBeta1, .value = 0.9},
                                        {.option = &optimizer_option::kBeta2, .value = 0.999},
                                        {.option = &optimizer_option::kEpsilon, .value = 1e-8},
                                        {.option = &optimizer_option::kAmsgrad}};

}  // namespace

extern constinit const OptimizerRow adamw_row{
    .name = "adamw",
    .summary = "adam with decoupled weight decay",
    .source = "Loshchilov & Hutter 2019",
    .default_learning_rate = 5e-3,
    .options = kOptions,
    .make_f32 = [](std::size_t n, const OptimizerOptions& options) -> std::unique_ptr<Optimizer<float>> {
      return std::make_unique<AdamState<float>>(n, options);
    },
    .make_f64 = [](std::size_t n, const OptimizerOptions& options) -> std::unique_ptr<Optimizer<double>> {
      return std::make_unique<AdamState<double>>(n, options);
    },
};

}  // namespace ffwd
