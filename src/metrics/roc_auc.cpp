#include "metrics/roc_auc.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <limits>
#include <utility>

#include "core/thread_pool.h"

namespace ffwd {

namespace {

/// The rows of one class, by rising score. Only they are sorted: with many classes each is a small part of all rows,
/// and the others need but be looked up.
class Positives {
 public:
  void add(double score, double weight) { rows_.emplace_back(score, weight); }

  /// Rows are sorted by weight too, so that sums do not depend on the sorting algorithm.
  void sort() {
    std::ranges::sort(rows_);
    for (const auto& [score, weight] : rows_) {
      if (scores_.empty() || scores_.back() != score) {
        scores_.push_back(score);
        above_.push_back(0.0);
      }
      above_.back() += weight;
    }
    rows_ = {};
    above_.push_back(0.0);
    for (std::size_t i = scores_.size(); i-- > 0;) above_[i] += above_[i + 1];
  }

  [[nodiscard]] double weight() const { return above_.front(); }

  /// Their weight above `score`, ties half.
  [[nodiscard]] double weight_above(double score) const {
    const auto at = static_cast<std::size_t>(std::ranges::lower_bound(scores_, score) - scores_.begin());
    if (at < scores_.size() && scores_[at] == score) return 0.5 * (above_[at] + above_[at + 1]);
    return above_[at];
  }

 private:
  std::vector<std::pair<double, double>> rows_;  ///< score and weight, until they are sorted
  std::vector<double> scores_;                   ///< distinct
  std::vector<double> above_;                    ///< weight of the scores from here on; one more than there are scores
};

/// The classes [first, first + areas.size()). Each class's sums run over the rows in their order, whatever the block.
struct Block {
  std::span<const std::size_t> truth;
  const Matrix& scores;
  std::span<const double> weights;
  std::size_t first;
  std::span<double> areas;

  [[nodiscard]] double weight(std::size_t row) const { return weights.empty() ? 1.0 : weights[row]; }

  [[nodiscard]] std::vector<Positives> positives() const {
    std::vector<Positives> of_class(areas.size());
    for (std::size_t row = 0; row < truth.size(); ++row)
      if (truth[row] >= first && truth[row] - first < areas.size())
        of_class[truth[row] - first].add(scores(row, truth[row]), weight(row));
    for (Positives& rows : of_class) rows.sort();
    return of_class;
  }

  void run() const {
    const std::vector<Positives> of_class = positives();
    std::vector<double> u(areas.size()), negative(areas.size());
    for (std::size_t row = 0; row < truth.size(); ++row) {
      const std::span<const double> own = scores.row(row).subspan(first, areas.size());
      const double w = weight(row);
      for (std::size_t k = 0; k < areas.size(); ++k) {
        if (truth[row] == first + k) continue;
        u[k] += w * of_class[k].weight_above(own[k]);
        negative[k] += w;
      }
    }
    for (std::size_t k = 0; k < areas.size(); ++k) {
      const double positive = of_class[k].weight();
      const bool both = positive > 0.0 && negative[k] > 0.0;
      areas[k] = both ? u[k] / positive / negative[k] : std::numeric_limits<double>::quiet_NaN();
    }
  }
};

/// Wide enough to read whole cache lines of a row, narrow enough for the sorted rows to stay in the cache and for every
/// thread to have some.
std::size_t block_size(std::size_t n_classes, unsigned threads) {
  constexpr std::size_t kMostClasses = 64, kBlocksPerThread = 4;
  return std::clamp<std::size_t>(n_classes / (kBlocksPerThread * threads), 1, kMostClasses);
}

}  // namespace

std::vector<double> roc_auc(std::span<const std::size_t> truth, const Matrix& scores, std::span<const double> weights,
                            std::size_t first_class, unsigned threads) {
  assert(threads >= 1);
  assert(std::ranges::none_of(scores.values(), [](double score) { return std::isnan(score); }));
  std::vector<double> areas(scores.columns() - first_class);
  const std::size_t block = block_size(areas.size(), threads);
  parallel_for(threads, (areas.size() + block - 1) / block, [&](std::size_t task, unsigned) {
    const std::size_t begin = task * block;
    const std::size_t size = std::min(block, areas.size() - begin);
    Block{truth, scores, weights, first_class + begin, std::span(areas).subspan(begin, size)}.run();
  });
  return areas;
}

}  // namespace ffwd
