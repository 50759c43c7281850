// Answers: the columns that a user sees, made of what a likelihood's link leaves of the network's outputs.
//
// Classes: a probability of each. Numbers, for each target: the point prediction, then what the distribution adds, a
// standard deviation or the quantiles; of several targets that are 0 or 1: which of them, and the probability of 1.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "ffwd/matrix.h"
#include "ffwd/metrics.h"
#include "loss/loss.h"
#include "pipeline/targets.h"

namespace ffwd {

/// The columns of a target that is a number.
struct AnswerLayout {
  DistributionKind kind = DistributionKind::kPoint;
  std::vector<double> levels = {};  ///< of quantiles

  [[nodiscard]] bool has_sd() const {
    return kind == DistributionKind::kGaussian || kind == DistributionKind::kLaplace;
  }
  [[nodiscard]] bool has_quantiles() const { return kind == DistributionKind::kQuantiles; }
  [[nodiscard]] bool has_probability() const { return kind == DistributionKind::kBernoulli; }
  [[nodiscard]] std::size_t per_target() const {
    return 1 + (has_sd() || has_probability() ? 1 : 0) + (has_quantiles() ? levels.size() : 0);
  }
};
[[nodiscard]] AnswerLayout layout_of(const Loss& loss);

/// Raw outputs that the network needs.
[[nodiscard]] std::size_t n_outputs(const Targets& targets, const Loss& loss);

/// The names of the columns of decode(): prediction, sd, quantile_0.1; with several targets <target>_prediction,
/// <target>_probability …; of classes probability_<class>.
[[nodiscard]] std::vector<std::string> answer_names(const Targets& targets, const Loss& loss);

/// `linked`: outputs after Loss::link, [rows, n_outputs]. The answers, in each target's own unit.
[[nodiscard]] Matrix decode(const Targets& targets, const Loss& loss, Matrix linked);

/// The same of one row; `layout` is layout_of(loss).
void decode_row(const Targets& targets, const AnswerLayout& layout, std::span<const double> linked,
                std::span<double> answers);

/// Of one row: how the answers move, as the linked outputs move with `linked_dot`. The answer 0 or 1 does not.
void decode_tangent(const Targets& targets, const Loss& loss, std::span<const double> linked_dot,
                    std::span<double> answers_dot);

/// The point prediction that quantiles make: where the line through them passes the level 1/2, or the outermost of them
/// if all levels lie on one side.
[[nodiscard]] double middle(std::span<const double> levels, std::span<const double> quantiles);

}  // namespace ffwd
