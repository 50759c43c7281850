#include "train/train_options.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

#include "core/names.h"
#include "core/raise.h"
#include "core/rows.h"
#include "core/text.h"
#include "core/thread_pool.h"
#include "ffwd/metrics.h"
#include "network/initialise.h"
#include "optim/optimizer.h"
#include "optim/schedule.h"
#include "train/batch_objective.h"

namespace ffwd {
namespace {

/// The schedule of a run: what "auto" stands for.
std::string usual_schedule(const TrainOptions& options) {
  return options.schedule == "auto" ? "cosine" : options.schedule;
}

class Faults {
 public:
  void unless(bool fine, const std::string& option, const std::string& value, const std::string& allowed) {
    if (!fine) faults_.push_back(option + " is " + value + "; it must be " + allowed);
  }
  void name(const std::string& option, const std::string& family, const std::string& name,
            const std::vector<std::string>& known) {
    for (const std::string& k : known) {
      if (k == name) return;
    }
    faults_.push_back(option + ": " + unknown_name(family, name, known));
  }
  void add(std::string fault) { faults_.push_back(std::move(fault)); }
  void at_least_0(const std::string& option, double value) {
    unless(std::isfinite(value) && value >= 0, option, shortest(value), "a number of at least 0");
  }
  std::vector<std::string> take() { return std::move(faults_); }

 private:
  std::vector<std::string> faults_;
};

/// Options that the row does not use, and numbers out of their range. `family`: the option that picks the row.
template <class Row, class Options>
void check_options(std::span<const Row* const> rows, const Row& row, const std::string& family,
                   std::span<const OptionRow<Options>* const> known, const Options& options, Faults& faults) {
  for (const OptionRow<Options>* option : known) {
    if (!option->is_given(options)) continue;
    const std::string word = option_word(*option);
    if (find_used(row, *option) == nullptr) {
      faults.add(word + ": " + std::string(row.name) + " does not use it; use " + family + " " +
                 users_of(rows, *option) + ", or leave " + word + " out");
    } else if (option->number != nullptr) {
      const double value = (options.*(option->number)).value_or(0);  // it is given
      faults.unless(std::isfinite(value) && option->allows(value), word, shortest(value),
                    allowed_numbers(*option, shortest(option->least), shortest(option->below)));
    }
  }
}

/// What a full-batch optimiser, which takes all rows and searches its own steps, cannot be told.
void check_full_batch(const TrainOptions& o, Faults& faults) {
  const auto without = [&](bool fine, const std::string& option, const std::string& why) {
    if (!fine) faults.add(option + ": " + o.optimizer + " " + why + "; leave " + option + " out");
  };
  const std::string searches = "searches the length of its steps";
  without(o.learning_rate == 0, "--learning-rate", searches);
  without(o.schedule == "auto", "--schedule", searches);
  without(o.warmup == 0, "--warmup", searches);
  without(o.clip_norm == 0, "--clip-norm", searches);
  without(o.average == 0, "--average", "has no noise to average away");
  without(o.l1 == 0, "--l1", "needs an objective without kinks");
  without(o.batch_size == 0 || o.batch_size == kAllRows, "--batch-size", "takes all rows at once");
  for (const ScheduleOption* option : schedule_options()) {
    without(!option->is_given(o.schedule_options), option_word(*option), searches);
  }
  const bool frozen_or_not =
      std::ranges::all_of(o.rate_for, [](const RateFor& r) { return r.factor == 0 || r.factor == 1; });
  without(frozen_or_not, "--rate-for", "knows the factors 0 and 1 alone");
}

void check_optimizer(const TrainOptions& o, Faults& faults) {
  faults.name("--optimizer", "optimizer", o.optimizer, row_names(optimizers()));
  if (o.schedule != "auto") faults.name("--schedule", "schedule", o.schedule, row_names(schedules()));
  const OptimizerRow* const optimizer = find_row(optimizers(), o.optimizer);
  if (optimizer != nullptr) {
    check_options(optimizers(), *optimizer, "--optimizer", optimizer_options(), o.optimizer_options, faults);
    if (optimizer->is_full_batch()) check_full_batch(o, faults);
  }
  if (o.optimizer_options.nesterov && o.optimizer_options.momentum == 0.0) {
    faults.add("--nesterov: there is no momentum to look along with --momentum 0; leave one of the two out");
  }
  const ScheduleRow* const schedule = find_row(schedules(), usual_schedule(o));
  if (schedule == nullptr || (optimizer != nullptr && optimizer->is_full_batch())) return;
  check_options(schedules(), *schedule, "--schedule", schedule_options(), o.schedule_options, faults);
  faults.unless(o.warmup == 0 || !schedule->warms_up, "--warmup", shortest(o.warmup),
                "left out with --schedule " + o.schedule + ", which warms up by itself");
}

void check_penalties(const TrainOptions& o, Faults& faults) {
  faults.at_least_0("--l2", o.l2);
  faults.at_least_0("--l1", o.l1);
  faults.name("--l1-by", "way", o.l1_by, {"proximal", "subgradient"});
  if (o.l1 > 0 && o.l1_by == "proximal" && o.average > 0) {
    faults.add("--average: averages of weights are never exactly 0, as --l1 makes them; leave one of the two out");
  }
  if (o.l2_biases && o.l2 == 0) faults.add("--l2-biases: there is no penalty; give --l2, or leave it out");
  if (o.l1_by != "proximal" && o.l1 == 0) faults.add("--l1-by: there is no penalty; give --l1, or leave it out");
}

void check_end(const TrainOptions& o, Faults& faults) {
  constexpr std::size_t kMaxEpochs = std::numeric_limits<std::uint32_t>::max() - 1;
  constexpr std::size_t kMaxRestarts = 100'000;
  faults.unless(o.epochs <= kMaxEpochs, "--epochs", std::to_string(o.epochs), "at most " + std::to_string(kMaxEpochs));
  std::vector<std::string> figures = {"loss"};
  for (const MetricRow& metric : metrics()) figures.emplace_back(metric.name);
  faults.name("--stop-on", "figure", o.stop_on, figures);
  if (o.stop_on != "loss" && o.patience == 0 && o.restarts == 1) {
    faults.add("--stop-on: --patience 0 keeps the last weights whatever their figures; leave one of the two out");
  }
  faults.unless(o.restarts >= 1 && o.restarts <= kMaxRestarts, "--restarts", std::to_string(o.restarts),
                "from 1 to " + std::to_string(kMaxRestarts));
  faults.unless(std::isfinite(o.time_limit) && o.time_limit >= 0, "--time-limit", shortest(o.time_limit),
                "a number of seconds of at least 0");
}

}  // namespace

std::vector<std::string> faults_of(const TrainOptions& o) {
  Faults faults;
  check_optimizer(o, faults);
  faults.unless(o.warmup >= 0 && o.warmup < 1, "--warmup", shortest(o.warmup), "at least 0 and below 1");
  faults.unless(std::isfinite(o.learning_rate) && o.learning_rate >= 0, "--learning-rate", shortest(o.learning_rate),
                "a number over 0");
  for (const RateFor& rate : o.rate_for) {
    faults.unless(std::isfinite(rate.factor) && rate.factor >= 0, "--rate-for",
                  rate.pattern + "=" + shortest(rate.factor), "a name and a factor of at least 0");
  }
  faults.at_least_0("--clip-norm", o.clip_norm);
  faults.at_least_0("--average", o.average);
  faults.name("--initial-weights", "way to start", o.initial_weights, initial_weights_names());
  check_penalties(o, faults);
  check_end(o, faults);
  faults.unless(o.threads <= kMaxThreads, "--threads", std::to_string(o.threads),
                "from 0 (all cores) to " + std::to_string(kMaxThreads));
  return faults.take();
}

void require_fit(const TrainOptions& options, const LossRow& loss, std::size_t n_parameters) {
  constexpr std::size_t kMostParameters = 2000;  // of which the square is held, and the cube worked off
  if (!find_row(optimizers(), options.optimizer)->needs_residuals) return;
  const auto refuse = [&](const std::string& what, const std::string& fix) {
    raise({.kind = ErrorKind::kUsage, .what = options.optimizer + " " + what, .where = "--optimizer", .fix = fix});
  };
  if (!loss.squared) {
    refuse("needs squared errors, and the loss is " + std::string(loss.name), "use --loss mse, or --optimizer lbfgs");
  }
  if (n_parameters > kMostParameters) {
    refuse("is for at most " + std::to_string(kMostParameters) + " parameters, and the network has " +
               std::to_string(n_parameters),
           "use --optimizer lbfgs, or a smaller network (--hidden)");
  }
}

std::string_view usual_precision(const TrainOptions& options) {
  const OptimizerRow* const optimizer = find_row(optimizers(), options.optimizer);
  return optimizer != nullptr && optimizer->is_full_batch() ? "float64" : "float32";
}

// A small table needs many passes to take enough steps; a large one has learnt most in the first few dozen. Measured
// on ten tables of 300 to 54,000 rows: a test loss 10 % lower in the geometric mean than with 100 epochs of batches
// of 32. On eight of 300 to 4,300 rows batches of 32 end 4 % lower than those of 64; on the larger ones they only cost
// time.
TrainOptions settled(TrainOptions options, std::size_t rows) {
  constexpr std::size_t kSteps = 10'000, kFewestEpochs = 50, kMostEpochs = 500;
  constexpr std::size_t kFewRows = 5'000, kSmallBatch = 32, kBatch = 64;
  const OptimizerRow& optimizer = *find_row(optimizers(), options.optimizer);
  if (options.learning_rate == 0) options.learning_rate = optimizer.default_learning_rate;
  options.optimizer_options = with_defaults(optimizer, options.optimizer_options);
  options.schedule = usual_schedule(options);
  options.schedule_options = with_defaults(*find_row(schedules(), options.schedule), options.schedule_options);
  if (optimizer.is_full_batch()) options.batch_size = rows;
  if (options.batch_size == 0) options.batch_size = rows < kFewRows ? kSmallBatch : kBatch;
  options.batch_size = std::min(options.batch_size, rows);
  if (options.epochs == 0) {
    const std::size_t steps_per_epoch = (rows + options.batch_size - 1) / options.batch_size;
    options.epochs = std::clamp((kSteps + steps_per_epoch - 1) / steps_per_epoch, kFewestEpochs, kMostEpochs);
  }
  return options;
}

}  // namespace ffwd
