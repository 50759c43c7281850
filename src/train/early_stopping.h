// Early stopping: which epoch is the best so far, and when to give up hoping for a better one.
#pragma once

#include <cstddef>
#include <limits>

namespace ffwd {

class EarlyStopping {
 public:
  /// `patience`: epochs without a better loss before stopping; 0 = never stop, and every epoch counts as the best.
  explicit EarlyStopping(std::size_t patience) : patience_(patience) {}

  /// Tells the loss, or another figure that is to be low, after epoch `epoch` (from 1); true if this is the epoch to
  /// keep.
  bool is_best(std::size_t epoch, double loss) {
    if (patience_ != 0 && best_epoch_ != 0 && loss >= best_loss_) return false;
    best_loss_ = loss;
    best_epoch_ = epoch;
    return true;
  }
  [[nodiscard]] bool is_over(std::size_t epoch) const { return patience_ != 0 && epoch >= best_epoch_ + patience_; }
  [[nodiscard]] std::size_t best_epoch() const { return best_epoch_; }

 private:
  std::size_t patience_;
  std::size_t best_epoch_ = 0;
  double best_loss_ = std::numeric_limits<double>::infinity();
};

}  // namespace ffwd
