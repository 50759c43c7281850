// Adam: adaptive moment estimation. Kingma & Ba (2015), algorithm 1.
#include "optim/adam_state.h"

namespace ffwd {
namespace {

constexpr UsedByOptimizer kOptions[] = {{.option = &optimizer_option::kBeta1, .value = 0.9},
                                        {.option = &optimizer_option::kBeta2, .value = 0.999},
                                        {.option = &optimizer_option::kEpsilon, .value = 1e-8},
                                        {.option = &optimizer_option::kAmsgrad}};

}  // namespace

extern constinit const OptimizerRow adam_row{
    .name = "adam",
    .summary = "adaptive moment estimation",
    .source = "Kingma & Ba 2015",
    .default_learning_rate = 1e-3,
    .options = kOptions,
    .make_f32 = [](std::size_t n, const OptimizerOptions& options) -> std::unique_ptr<Optimizer<float>> {
      return std::make_unique<AdamState<float>>(n, options);
    },
    .make_f64 = [](std::size_t n, const OptimizerOptions& options) -> std::unique_ptr<Optimizer<double>> {
      return std::make_unique<AdamState<double>>(n, options);
    },
};

}  // namespace ffwd
