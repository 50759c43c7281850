// Progress: what a person watching a training run sees of it, on standard error.
#pragma once

#include <cstddef>
#include <string>

#include "cli/console.h"
#include "ffwd/train.h"

namespace ffwd {

/// On a terminal one line that is redrawn: epoch, bar, losses, rate, time left. Elsewhere now and then a line of its
/// own: at most one per tenth of the epochs and per two seconds, so that a quick run writes none.
class Progress {
 public:
  /// `epochs`: at most, in each of `starts`.
  Progress(const Console& console, std::size_t epochs, std::size_t starts = 1);
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
  /// "epoch 3/50", with several starts "start 2/20  epoch 3/50".
  [[nodiscard]] std::string place(std::size_t start, std::size_t epoch) const;
  [[nodiscard]] std::string bar(double share, std::size_t width) const;

  const Console& console_;
  std::size_t epochs_, starts_;
  std::size_t done_ = 0;  ///< epochs of all starts, as if each earlier one had run all of its own
  EpochRecord last_;
  double started_;
  double shown_;  ///< when the last line was written
  std::size_t tenth_ = 0;
  bool drawn_ = false;
};

}  // namespace ffwd
