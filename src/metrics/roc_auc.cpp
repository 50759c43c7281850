#include "metrics/roc_auc.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>

namespace ffwd {

double roc_auc(std::span<const double> scores, const std::vector<bool>& positive, std::span<const double> weights) {
  assert(std::ranges::none_of(scores, [](double score) { return std::isnan(score); }));
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  // Rows of equal score stay in their order, so that the sums below do not depend on the sorting algorithm.
  std::ranges::sort(
      order, [&](std::size_t a, std::size_t b) { return scores[a] < scores[b] || (scores[a] == scores[b] && a < b); });

  double below = 0.0;  // weight of the negative rows with a lower score
  double all_positive = 0.0;
  double u = 0.0;
  for (std::size_t begin = 0; begin < order.size();) {
    double tied_positive = 0.0;
    double tied_negative = 0.0;
    std::size_t end = begin;
    for (; end < order.size() && scores[order[end]] == scores[order[begin]]; ++end)
      (positive[order[end]] ? tied_positive : tied_negative) += weights.empty() ? 1.0 : weights[order[end]];
    u += tied_positive * (below + 0.5 * tied_negative);
    all_positive += tied_positive;
    below += tied_negative;
    begin = end;
  }
  if (all_positive == 0.0 || below == 0.0) return std::numeric_limits<double>::quiet_NaN();
  return u / all_positive / below;
}

}  // namespace ffwd
