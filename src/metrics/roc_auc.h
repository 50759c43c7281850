// Area under the receiver operating characteristic.
#pragma once

#include <span>
#include <vector>

namespace ffwd {

/// The probability that a positive row, drawn by weight, scores higher than a negative one; ties count half. That is
/// the Mann-Whitney U statistic over the product of both weights, and, with weights of 1, of average ranks.
/// NaN unless both kinds have a weight above 0. No score may be NaN. `weights` empty = all 1.
///
/// Source: Hanley & McNeil (1982), "The meaning and use of the area under a ROC curve".
[[nodiscard]] double roc_auc(std::span<const double> scores, const std::vector<bool>& positive,
                             std::span<const double> weights);

}  // namespace ffwd
