// Trainer: epochs of mini-batches, early stopping, the best weights kept.
#pragma once

#include <cstddef>
#include <vector>

#include "core/aligned.h"
#include "dataset/dataset.h"
#include "ffwd/train.h"
#include "loss/loss.h"
#include "network/compile.h"

namespace ffwd {

template <class T>
struct TrainingRun {
  const NetworkSpec& network;
  const Loss& loss;
  const Dataset<T>& train;
  const Dataset<T>* valid = nullptr;  ///< null or without rows: no early stopping, the last weights are kept
  const TrainOptions& options;        ///< valid ones
  const TrainHooks& hooks;
};

template <class T>
struct Trained {
  AlignedVector<T> parameters;  ///< of the epoch kept, in the layout of a plan of the network
  std::size_t epochs = 0;       ///< finished
  std::size_t best_epoch = 0;   ///< the epoch kept, from 1; 0 if none was finished
  std::vector<EpochRecord> history;
  bool interrupted = false;  ///< by the stop hook
  bool timed_out = false;    ///< by the time limit
};

/// Trains from the initial weights of `options.seed`. Equal arguments give equal bits, for any number of threads.
/// @throws Error(kDiverged) the loss or a weight is not finite, naming epoch and step.
template <class T>
[[nodiscard]] Trained<T> train(const TrainingRun<T>& run);

}  // namespace ffwd
