// How a network is trained: options with their defaults, and what is reported while it runs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <vector>

namespace ffwd {

/// As TrainOptions::batch_size: one step takes all training rows.
inline constexpr std::size_t kAllRows = std::numeric_limits<std::size_t>::max();

/// Everything that decides the weights besides data and network: equal options, data and seed give equal bits, unless
/// the time limit ended training.
struct TrainOptions {
  std::string optimizer = "adamw";  ///< a name of the optimiser table: adam, adamw, sgd
  double learning_rate = 0.0;       ///< > 0; 0 = the optimiser's own default
  double momentum = 0.9;            ///< sgd only, in [0, 1)
  double weight_decay = 0.1;        ///< adamw only: decoupled decay per unit of rate, >= 0
  double l2 = 0.0;                  ///< adds l2 · Σ w² over weights (not biases) to the mean loss, >= 0
  std::string schedule = "cosine";  ///< a name of the schedule table: constant, cosine, one_cycle, plateau
  double warmup = 0.0;              ///< share of all steps over which the rate rises in a straight line to what the
                                    ///< schedule says, in [0, 1); 0 with one_cycle, which rises by itself
  std::size_t batch_size = 0;       ///< rows per step; 0 = 32 with fewer than 5,000 training rows, else 64; kAllRows =
                                    ///< all of them
  std::size_t epochs = 0;           ///< upper bound on passes over the training rows; 0 = enough for 10,000 steps,
                                    ///< but from 50 to 500
  std::size_t patience = 30;        ///< epochs without a better validation loss before stopping; 0 = never stop
                                    ///< early, and keep the last epoch's weights
  double time_limit = 0.0;          ///< seconds of training, by the hooks' clock, after which it ends as if the epochs
                                    ///< were over; the schedule follows whichever of the two runs out first, so the
                                    ///< result depends on the machine; the first epoch is always finished; 0 = none
  std::uint64_t seed = 0;           ///< initial weights, splits, shuffles
  unsigned threads = 0;             ///< 0 = as many as the machine grants; never changes a bit of the result
};

/// One finished epoch.
struct EpochRecord {
  std::size_t epoch = 0;    ///< from 1
  double train_loss = 0.0;  ///< mean loss over the epoch's steps, weights changing meanwhile, penalty not included
  double valid_loss = 0.0;  ///< mean loss on the validation rows after the epoch; NaN without such rows
  double learning_rate = 0.0;
  double seconds = 0.0;  ///< of this epoch alone, by the clock handed in; 0 without one
};

/// What the caller hands in: the library reads no clock and no terminal.
struct TrainHooks {
  std::function<double()> clock;                     ///< seconds since any fixed moment; may be empty
  std::function<void(const EpochRecord&)> on_epoch;  ///< called after each epoch, on the calling thread; may be empty
  std::function<void(std::size_t step, std::size_t steps)> on_step;  ///< now and then within an epoch; may be empty
  std::function<bool()> stop;  ///< asked between steps; true ends training after the current step; may be empty
};

}  // namespace ffwd
