// Learner: what moves the parameters during an epoch: steps over mini-batches, or an iteration over all rows.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "core/aligned.h"
#include "ffwd/error.h"
#include "ffwd/train.h"
#include "optim/optimizer.h"
#include "optim/penalty.h"
#include "plan/plan.h"
#include "train/pruning.h"
#include "train/trainer.h"

namespace ffwd {

/// What the caller's hooks say of time, for one start.
class RunClock {
 public:
  /// `limit`: seconds from now on; 0 = without end.
  RunClock(const TrainHooks& hooks, double limit) : hooks_(hooks), began_(now()), limit_(limit) {}

  [[nodiscard]] double now() const { return hooks_.clock ? hooks_.clock() : 0.0; }
  /// Of the time limit, how much is gone; 0 without one.
  [[nodiscard]] double share() const { return limit_ > 0 ? (now() - began_) / limit_ : 0.0; }
  [[nodiscard]] bool is_stopped() const { return hooks_.stop && hooks_.stop(); }

 private:
  const TrainHooks& hooks_;
  double began_, limit_;
};

/// What a learner works with. Everything outlives it.
template <class T>
struct Workshop {
  const TrainingRun<T>& run;
  const TrainOptions& options;  ///< settled
  const Plan<T>& plan;
  const RunClock& clock;
  std::span<const Penalty> penalties;  ///< whose gradients are added
  std::span<const Segment> segments;
  unsigned threads;
  Pruner<T>* pruner = nullptr;  ///< of mini-batches alone
};

struct EpochOutcome {
  double loss = 0;                              ///< mean over the training rows, penalties not included
  double rate = 0;                              ///< of the last step
  bool interrupted = false, timed_out = false;  ///< in its midst: the epoch does not count
  bool converged = false;                       ///< further epochs would gain nothing
  std::optional<Fault> diverged = std::nullopt;
};

template <class T>
class Learner {
 public:
  virtual ~Learner() = default;
  /// `epoch` counts from 1.
  virtual EpochOutcome run_epoch(std::size_t epoch) = 0;
  /// Told after each epoch: the validation loss, or the training loss without validation rows.
  virtual void end_epoch(double /*loss*/) {}
  /// The parameters to validate and to keep.
  [[nodiscard]] virtual const AlignedVector<T>& parameters() const = 0;
};

[[nodiscard]] Fault divergence(const std::string& what, std::size_t epoch, std::size_t step,
                               const TrainOptions& options);

/// Penalties of which the gradient is taken: all but the l1 of proximal steps.
[[nodiscard]] std::vector<Penalty> smooth_penalties(const TrainOptions& options);

}  // namespace ffwd
