#include "train/learner.h"

#include "core/rows.h"
#include "core/text.h"

namespace ffwd {

Fault divergence(const std::string& what, std::size_t epoch, std::size_t step, const TrainOptions& options) {
  const bool full_batch = find_row(optimizers(), options.optimizer)->is_full_batch();
  std::string where = " in epoch " + std::to_string(epoch);
  if (!full_batch) where += ", step " + std::to_string(step);
  const std::string lower = "lower --learning-rate (it was " + shortest(options.learning_rate) + "), or look";
  return {.kind = ErrorKind::kDiverged,
          .what = "training diverged: " + what + where,
          .where = "",
          .fix = (full_batch ? "look" : lower) + " for extreme values in the data with ffwd inspect"};
}

std::vector<Penalty> smooth_penalties(const TrainOptions& options) {
  std::vector<Penalty> penalties;
  if (options.l2 > 0) penalties.push_back({.lambda = options.l2, .biases = options.l2_biases});
  if (options.l1 > 0 && options.l1_by == "subgradient") {
    penalties.push_back({.kind = PenaltyKind::kL1, .lambda = options.l1});
  }
  return penalties;
}

}  // namespace ffwd
