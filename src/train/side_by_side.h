// Trainings that run side by side: how they share threads, the time limit and the caller's hooks. Starts, members,
// folds and penalties all go through here.
#pragma once

#include <cstddef>
#include <functional>

#include "ffwd/network.h"
#include "ffwd/train.h"

namespace ffwd {

/// What one training of several is given.
struct Lane {
  const TrainHooks& hooks;  ///< those of all, made safe to be called from this training's thread
  unsigned threads = 1;     ///< of its own
  double time_limit = 0;    ///< seconds from now on; 0 = none
};

/// How one training ended, and, gathered, all of them.
struct Ending {
  bool interrupted = false;  ///< by the stop hook: no further training is begun
  bool timed_out = false;
};

struct SideBySide {
  std::size_t n = 1;          ///< trainings, each as likely to be long as the others
  unsigned threads = 1;       ///< for all of them together
  bool shares_steps = false;  ///< whether a single training can make use of several threads
  double time_limit = 0;      ///< seconds for all of them; 0 = none
  const TrainHooks& hooks;
};

/// `n` trainings of this network on about so many rows, with these options: what they share of them.
[[nodiscard]] SideBySide side_by_side(std::size_t n, const NetworkSpec& network, std::size_t rows,
                                      const TrainOptions& options, const TrainHooks& hooks);

/// The options with a lane's threads and time in place of their own.
[[nodiscard]] TrainOptions in_lane(TrainOptions options, const Lane& lane);

struct SideBySideEnd {
  std::size_t begun = 0;  ///< of the n: the first ones
  Ending ending;
};

/// Runs `train_one(k, lane)` for k in [0, n): as many at a time as there are threads; or one after the other, each with
/// all threads, where there are fewer trainings than threads and each can use several. What a training gives must not
/// depend on which. Each wave of them gets its share of the time that is left; one that would have none is not begun,
/// but for the first. If trainings raise, the error of the first of them is raised again here.
SideBySideEnd train_side_by_side(const SideBySide& all,
                                 const std::function<Ending(std::size_t k, const Lane& lane)>& train_one);

}  // namespace ffwd
