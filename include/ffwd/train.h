// How a network is trained: options with their defaults, and what is reported while it runs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace ffwd {

/// As TrainOptions::batch_size: one step takes all training rows.
inline constexpr std::size_t kAllRows = std::numeric_limits<std::size_t>::max();

/// What an optimiser may be told. Unset is the optimiser's own default, off for a switch; what the optimiser does not
/// use is refused. Formulas and defaults: docs/optimisers.md.
struct OptimizerOptions {
  std::optional<double> momentum;             ///< sgd, rmsprop: share of the last step kept in the next, in [0, 1)
  bool nesterov = false;                      ///< sgd: looks ahead along the momentum
  std::optional<double> weight_decay;         ///< adamw: decoupled decay of the parameters per unit of rate, >= 0
  std::optional<double> beta1;                ///< adam, adamw: decay of the mean of the gradient, in [0, 1)
  std::optional<double> beta2;                ///< adam, adamw: decay of the mean of its squares, in [0, 1)
  std::optional<double> epsilon;              ///< adagrad, adam, adamw, rmsprop: added to the root, > 0
  bool amsgrad = false;                       ///< adam, adamw: divides by the largest mean of squares so far
  std::optional<double> rms_decay;            ///< rmsprop: decay of the mean of squares, in [0, 1)
  bool centered = false;                      ///< rmsprop: divides by the standard deviation
  std::optional<double> initial_accumulator;  ///< adagrad: where the sums of squares start, >= 0
  std::optional<double> rate_decay;           ///< adagrad: the rate is divided by 1 + this times the updates done, >= 0
  std::optional<double> lbfgs_memory;         ///< lbfgs: steps it remembers, a whole number >= 1
  std::optional<double> damping;              ///< levenberg_marquardt: the first damping, > 0
};

/// What a schedule may be told; as OptimizerOptions. Formulas and defaults: docs/optimisers.md.
struct ScheduleOptions {
  std::optional<double> factor;    ///< step, exponential, plateau: what the rate is multiplied by, in (0, 1)
  std::optional<double> every;     ///< step: epochs between two falls, a whole number >= 1
  std::optional<double> patience;  ///< plateau: epochs without progress that it forgives, a whole number >= 0
  std::optional<double> rise;      ///< one_cycle: share of the steps over which the rate rises, in (0, 1)
  std::optional<double> start;     ///< one_cycle: share of the rate that it starts with, in (0, 1)
  std::optional<double> final;     ///< cosine, one_cycle: share of the rate that is left at the end, in [0, 1)
  bool per_update = false;         ///< inverse: counts updates, not epochs
};

/// A factor on the rate of the tensors whose names match.
struct RateFor {
  std::string pattern;  ///< a tensor's name, such as "hidden1.weight"; * stands for any text
  double factor = 1.0;  ///< >= 0; 0 keeps the tensors as they are
};

/// Everything that decides the weights besides data and network: equal options, data and seed give equal bits, unless
/// the time limit ended training.
struct TrainOptions {
  std::string optimizer = "adamw";  ///< a name of the optimiser table
  double learning_rate = 0.0;       ///< > 0; 0 = the optimiser's own default. Full-batch optimisers have none
  OptimizerOptions optimizer_options;
  std::vector<RateFor>
      rate_for;            ///< of several that match a tensor the last counts; full-batch optimisers know 0 and 1
  double clip_norm = 0.0;  ///< gradients longer than this are scaled down to it, >= 0; 0 = never. Not full batch
  double l2 = 0.0;         ///< adds l2 · Σ w² over weights (not biases) to the mean loss, >= 0
  bool l2_biases = false;  ///< the sum runs over biases too
  double l1 = 0.0;         ///< adds l1 · Σ |w| over weights (not biases) to the mean loss, >= 0. Not full batch
  std::string l1_by = "proximal";  ///< proximal (a step after each update, gives exact zeros), subgradient
  std::string schedule = "auto";   ///< auto (cosine), or a name of the schedule table; full-batch optimisers have none
  ScheduleOptions schedule_options;
  double warmup = 0.0;         ///< share of all steps over which the rate rises in a straight line to what the
                               ///< schedule says, in [0, 1); 0 with one_cycle, which rises by itself
  double average = 0.0;        ///< epochs over which weights are averaged (exponentially), >= 0; the averages are then
                               ///< validated and kept; 0 = the weights themselves. Not full batch
  std::size_t batch_size = 0;  ///< rows per step; 0 = 32 with fewer than 5,000 training rows, else 64; kAllRows =
                               ///< all of them, as full-batch optimisers always take
  std::size_t epochs = 0;      ///< upper bound on passes over the training rows, or on a full-batch optimiser's
                               ///< iterations; 0 = enough for 10,000 steps, but from 50 to 500
  std::size_t patience = 30;   ///< epochs without a better validation figure before stopping; 0 = never stop
                               ///< early, and keep the last epoch's weights
  std::string stop_on = "loss";  ///< the validation figure: loss, or a name of the metrics' table
  /// Where weights start: auto (what suits each layer's unit: He, Glorot or LeCun, uniform), or one for all:
  /// he_uniform, he_normal, glorot_uniform, glorot_normal, lecun_uniform, lecun_normal.
  std::string initial_weights = "auto";
  std::size_t restarts = 1;  ///< starts from different initial weights, >= 1, several at a time where there are
                             ///< threads; the one is kept whose kept epoch has the best validation figure, without
                             ///< validation rows the lowest training loss
  double time_limit = 0.0;   ///< seconds of training, by the hooks' clock, after which it ends as if the epochs
                             ///< were over; the schedule follows whichever of the two runs out first, so the
                             ///< result depends on the machine; the first epoch is always finished; 0 = none
  std::uint64_t seed = 0;    ///< initial weights, splits, shuffles
  unsigned threads = 0;      ///< 0 = as many as the machine grants; never changes a bit of the result
};

/// One finished epoch.
struct EpochRecord {
  std::size_t epoch = 0;    ///< from 1
  double train_loss = 0.0;  ///< mean loss over the epoch's steps, weights changing meanwhile, penalty not included
  double valid_loss = 0.0;  ///< mean loss on the validation rows after the epoch; NaN without such rows
  double valid_score = std::numeric_limits<double>::quiet_NaN();  ///< TrainOptions::stop_on on the validation rows; NaN
                                                                  ///< where that is the loss
  double learning_rate = 0.0;  ///< of the last step; a full-batch optimiser's: along its direction
  std::size_t epochs = 0;      ///< that there may be at most
  std::size_t start = 1;       ///< of TrainOptions::restarts, from 1
  std::size_t member = 1;      ///< of FitOptions::ensemble, from 1
  std::size_t fold = 0;        ///< of a cross-validation, from 1; 0 = outside of one
  std::size_t penalty = 0;     ///< of a path of penalties, from 1; 0 = outside of one
  double sparsity = 0.0;       ///< while a model is compressed, the share of its weights that are zero; else 0
  bool last = false;           ///< of its start, but for a start that a hook, the clock or divergence ends
  double seconds = 0.0;        ///< of this epoch alone, by the clock handed in; 0 without one
};

/// What the caller hands in: the library reads no clock and no terminal. Each may be empty.
///
/// Where several networks are trained side by side, on_epoch, on_step and stop are called by their threads, but never
/// two of them at a time: they need no locks of their own. The epochs of one network come in their order, those of
/// others in between. The clock may be read by several threads at once.
struct TrainHooks {
  std::function<double()> clock;                     ///< seconds since any fixed moment
  std::function<void(const EpochRecord&)> on_epoch;  ///< called after each epoch
  /// Called now and then within an epoch; of several networks at once, for the first of them.
  std::function<void(std::size_t step, std::size_t steps)> on_step;
  std::function<bool()> stop;  ///< asked between steps; true ends training after the current step, in all networks
};

}  // namespace ffwd
