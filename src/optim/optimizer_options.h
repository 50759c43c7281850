// The one table of what optimisers may be told. Rows of the optimisers' table name those they use.
#pragma once

#include <span>

#include "ffwd/train.h"
#include "optim/option.h"

namespace ffwd {

using OptimizerOption = OptionRow<OptimizerOptions>;
using UsedByOptimizer = UsedOption<OptimizerOptions>;

namespace optimizer_option {

inline constexpr OptimizerOption kMomentum{.name = "momentum",
                                           .summary = "share of the last step kept in the next",
                                           .number = &OptimizerOptions::momentum,
                                           .below = 1};
inline constexpr OptimizerOption kNesterov{
    .name = "nesterov", .summary = "looks ahead along the momentum (Nesterov)", .flag = &OptimizerOptions::nesterov};
inline constexpr OptimizerOption kWeightDecay{.name = "weight_decay",
                                              .summary = "decoupled decay of the parameters per unit of rate",
                                              .number = &OptimizerOptions::weight_decay};
inline constexpr OptimizerOption kBeta1{
    .name = "beta1", .summary = "decay of the mean of the gradient", .number = &OptimizerOptions::beta1, .below = 1};
inline constexpr OptimizerOption kBeta2{.name = "beta2",
                                        .summary = "decay of the mean of the gradient's squares",
                                        .number = &OptimizerOptions::beta2,
                                        .below = 1};
inline constexpr OptimizerOption kEpsilon{.name = "epsilon",
                                          .summary = "added to the root that steps are divided by",
                                          .number = &OptimizerOptions::epsilon,
                                          .above = true};
inline constexpr OptimizerOption kAmsgrad{
    .name = "amsgrad", .summary = "divides by the largest mean of squares so far", .flag = &OptimizerOptions::amsgrad};
inline constexpr OptimizerOption kRmsDecay{.name = "rms_decay",
                                           .summary = "decay of the mean of the gradient's squares",
                                           .number = &OptimizerOptions::rms_decay,
                                           .below = 1};
inline constexpr OptimizerOption kCentered{.name = "centered",
                                           .summary =
                                               "divides by the gradient's standard deviation, not its root "
                                               "mean square",
                                           .flag = &OptimizerOptions::centered};
inline constexpr OptimizerOption kInitialAccumulator{.name = "initial_accumulator",
                                                     .summary = "where the sums of squares start",
                                                     .number = &OptimizerOptions::initial_accumulator};
inline constexpr OptimizerOption kRateDecay{.name = "rate_decay",
                                            .summary = "divides the rate by 1 + this times the updates done",
                                            .number = &OptimizerOptions::rate_decay};
inline constexpr OptimizerOption kLbfgsMemory{.name = "lbfgs_memory",
                                              .summary = "steps whose curvature it remembers",
                                              .number = &OptimizerOptions::lbfgs_memory,
                                              .least = 1,
                                              .below = 1001,
                                              .whole = true};
inline constexpr OptimizerOption kDamping{.name = "damping",
                                          .summary = "the first damping, as a share of the curvature",
                                          .number = &OptimizerOptions::damping,
                                          .above = true};

}  // namespace optimizer_option

/// All of them, in the order in which help and docs list them.
[[nodiscard]] std::span<const OptimizerOption* const> optimizer_options();

}  // namespace ffwd
