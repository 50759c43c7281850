// Training: epochs, early stopping, the best weights of the best start kept.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "core/aligned.h"
#include "dataset/dataset.h"
#include "ffwd/error.h"
#include "ffwd/matrix.h"
#include "ffwd/train.h"
#include "loss/loss.h"
#include "network/compile.h"
#include "train/pruning.h"

namespace ffwd {

/// TrainOptions::stop_on, where that is not the loss.
struct ValidationScore {
  /// The figure of the validation rows' predictions: raw outputs after the loss's link, [rows, outputs].
  std::function<double(const Matrix& linked)> of;
  bool lower_is_better = true;
};

template <class T>
struct TrainingRun {
  const NetworkSpec& network;
  const Loss& loss;
  const Dataset<T>& train;
  const Dataset<T>* valid = nullptr;  ///< null or without rows: no early stopping, the last weights are kept
  const TrainOptions& options;        ///< valid ones
  const TrainHooks& hooks;
  const ValidationScore* score = nullptr;  ///< null = the validation loss
  /// Where each member's training begins, in the layout of a plan of the network; empty: at random.
  std::span<const AlignedVector<T>> from{};
  /// Weights that go meanwhile, with mini-batches; null = none. Then only epochs that end without them are kept.
  const Pruning* pruning = nullptr;
};

template <class T>
struct Trained {
  AlignedVector<T> parameters;  ///< of the epoch kept, in the layout of a plan of the network
  std::size_t epochs = 0;       ///< finished
  std::size_t best_epoch = 0;   ///< the epoch kept, from 1; 0 if none was finished, or none with all pruning done
  std::size_t start = 0;        ///< the start kept, from 1; of `starts` that were made
  std::size_t starts = 0;
  std::vector<EpochRecord> history;              ///< of the start kept
  bool interrupted = false;                      ///< by the stop hook
  bool timed_out = false;                        ///< by the time limit
  std::optional<Fault> diverged = std::nullopt;  ///< why there are no parameters, if each start diverged
};

/// The seed of start `start`, from 1: the first has that of the options.
[[nodiscard]] std::uint64_t seed_of_start(std::uint64_t seed, std::size_t start);
/// The seed of member `member` of an ensemble, from 1: likewise.
[[nodiscard]] std::uint64_t seed_of_member(std::uint64_t seed, std::size_t member);

/// Trains from the initial weights of `options.seed`, and as often again from others as it says. Equal arguments give
/// equal bits, for any number of threads.
/// @throws Error(kDiverged) the loss or a weight is not finite, in each of the starts; names epoch and step.
/// @throws Error(kUsage) a tensor that is not there; an optimiser that cannot have this loss or so many parameters.
template <class T>
[[nodiscard]] Trained<T> train(const TrainingRun<T>& run);

/// train() for each of `members` (>= 1), with a seed of its own, all side by side: the members of an ensemble. The
/// first starts of all members are begun before the second ones. A member that diverged, or was ended before its first
/// epoch was finished, has no parameters.
/// @throws Error(kUsage) as train().
template <class T>
[[nodiscard]] std::vector<Trained<T>> train_members(const TrainingRun<T>& run, std::size_t members);

}  // namespace ffwd
