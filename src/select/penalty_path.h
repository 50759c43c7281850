// The path of a penalty: how the loss of rows held out depends on λ.
#pragma once

#include <vector>

#include "ffwd/select.h"
#include "select/fold_rows.h"

namespace ffwd {

/// λ from `largest` down to a 10,000th of it, in equal factors.
[[nodiscard]] std::vector<double> path_of_lambdas(double largest, std::size_t n);

/// Which of two options of a training is the penalty called `name`, "l1" or "l2".
[[nodiscard]] double& penalty_of(TrainOptions& options, const std::string& name);

/// Fills in best and chosen, by the points and the rule.
/// @throws Error(kDiverged) there is no λ that each fold's training came to an end with.
void choose(PenaltyPath& path);

/// Trains a network for each fold and λ, side by side; a fold is prepared once. `options.train` says where the path
/// starts.
/// @throws Error(kDiverged) as choose().
[[nodiscard]] Looked<PenaltyPath> walk_penalties(const FitJob& whole, const DealtRows& dealt, const Table& data,
                                                 const Table* valid, const FitOptions& options,
                                                 const SelectOptions& select_options, const TrainHooks& hooks);

}  // namespace ffwd
