// Progress: what a person watching a training run sees of it, on standard error.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <string>

#include "cli/console.h"
#include "ffwd/train.h"

namespace ffwd {

/// The networks that are trained, some of them perhaps side by side: each member from each start; in a cross-validation
/// that for each fold and penalty.
struct Networks {
  std::size_t starts = 1, members = 1;
  std::size_t folds = 0, penalties = 0;  ///< 0 = none

  [[nodiscard]] std::size_t count() const {
    return starts * members * (folds == 0 ? 1 : folds) * (penalties == 0 ? 1 : penalties);
  }
};

/// On a terminal one line that is redrawn: epoch, bar, losses, rate, time left. Elsewhere now and then a line of its
/// own: at most one per tenth of the epochs and per two seconds, so that a quick run writes none.
class Progress {
 public:
  /// `epochs`: at most, of each network, as far as it does not say so itself.
  Progress(const Console& console, std::size_t epochs, const Networks& networks = {});
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void on_step(std::size_t step, std::size_t steps);
  void on_epoch(const EpochRecord& record);
  /// Removes the redrawn line; what is written next starts at the margin.
  void clear();

 private:
  void draw(double share);
  void write_line(const EpochRecord& record);
  /// Epochs that the network of `record` may have at most.
  [[nodiscard]] std::size_t epochs_of(const EpochRecord& record) const;
  /// The share of all epochs that is over; `more` of the last network's are nearly so.
  [[nodiscard]] double share_done(double more = 0) const;
  /// "epoch 3/50", with several starts "start 2/20  epoch 3/50".
  [[nodiscard]] std::string place(const EpochRecord& record, std::size_t epoch) const;
  [[nodiscard]] std::string bar(double share, std::size_t width) const;

  const Console& console_;
  std::size_t epochs_;
  Networks networks_;
  std::map<std::array<std::size_t, 4>, double> share_of_;  ///< of each network's epochs; 1 when it has ended
  EpochRecord last_;
  double started_;
  double shown_;  ///< when the last line was written
  std::size_t tenth_ = 0;
  bool drawn_ = false;
};

}  // namespace ffwd
