// Area under the receiver operating characteristic, of every class against the others.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "ffwd/matrix.h"

namespace ffwd {

/// For each class from `first_class` on: the probability that a row of the class, drawn by weight, scores higher in the
/// class's column than a row of another; ties count half. That is the Mann-Whitney U statistic over the product of both
/// weights, and, with weights of 1, of average ranks. NaN unless both kinds have a weight above 0.
/// `truth` holds class numbers, `scores` is [rows, classes] without NaN, `weights` empty = all 1. At most `threads`
/// threads, at least 1, are used; the areas do not depend on how many.
///
/// Source: Hanley & McNeil (1982), "The meaning and use of the area under a ROC curve".
[[nodiscard]] std::vector<double> roc_auc(std::span<const std::size_t> truth, const Matrix& scores,
                                          std::span<const double> weights, std::size_t first_class, unsigned threads);

}  // namespace ffwd
