#include "train/trainer.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <string>

#include "core/denormals.h"
#include "core/raise.h"
#include "core/rows.h"
#include "core/text.h"
#include "core/thread_pool.h"
#include "dataset/shuffle.h"
#include "network/initialise.h"
#include "optim/optimizer.h"
#include "optim/schedule.h"
#include "train/batch_pass.h"
#include "train/early_stopping.h"
#include "train/train_options.h"

namespace ffwd {
namespace {

constexpr std::size_t kStepsBetweenReports = 64;

[[noreturn]] void diverged(const std::string& what, std::size_t epoch, std::size_t step, double rate) {
  raise({.kind = ErrorKind::kDiverged,
         .what = "training diverged: " + what + " in epoch " + std::to_string(epoch) + ", step " + std::to_string(step),
         .where = "",
         .fix = "lower --learning-rate (it was " + shortest(rate) +
                "), or look for extreme values in the data with ffwd inspect"});
}

/// The rate rises in equal parts over the first `share` of the steps: the moments of the gradient are rough guesses
/// at first, and a full step along them can do harm. Goyal et al. (2017), section 2.2.
double warmup_factor(double share, std::size_t step, std::size_t steps) {
  const double rise = share * static_cast<double>(steps), position = static_cast<double>(step + 1);
  return position < rise ? position / rise : 1.0;
}

template <class T>
class Trainer {
 public:
  explicit Trainer(const TrainingRun<T>& run);
  Trained<T> train();

 private:
  bool run_epoch(std::size_t epoch);  // false if it was interrupted
  void finish_epoch(std::size_t epoch, double started);
  void run_step(std::size_t epoch, std::size_t step);
  void add_penalty();
  [[nodiscard]] double now() const { return run_.hooks.clock ? run_.hooks.clock() : 0.0; }
  /// Of the time limit, how much is gone; 0 without one.
  [[nodiscard]] double time_share() const {
    return options_.time_limit > 0 ? (now() - began_) / options_.time_limit : 0.0;
  }
  [[nodiscard]] bool validates() const { return run_.valid != nullptr && run_.valid->rows > 0; }

  TrainingRun<T> run_;
  TrainOptions options_;  // settled
  Plan<T> plan_;
  std::size_t steps_;  // per epoch
  unsigned threads_;
  BatchPass<T> pass_;
  std::optional<ValidationPass<T>> validation_;
  std::unique_ptr<Optimizer<T>> optimizer_;
  std::unique_ptr<Schedule> schedule_;
  EarlyStopping stopping_;
  AlignedVector<T> parameters_, gradient_;
  std::vector<std::uint32_t> order_;
  double loss_sum_ = 0, weight_sum_ = 0, rate_ = 0, began_ = 0;
  Trained<T> result_;
};

template <class T>
Trainer<T>::Trainer(const TrainingRun<T>& run)
    : run_(run),
      options_(settled(run.options, run.train.rows)),
      plan_(compile<T>(run.network, std::min(options_.batch_size, kShardRows))),
      steps_((run.train.rows + options_.batch_size - 1) / options_.batch_size),
      threads_(thread_count(options_.threads)),
      pass_(plan_, run.loss, run.train, options_.batch_size, threads_),
      stopping_(validates() ? options_.patience : 0),
      parameters_(plan_.layout().size()),
      gradient_(plan_.layout().size()),
      order_(run.train.rows) {
  optimizer_ = make_optimizer<T>(*find_row(optimizers(), options_.optimizer), plan_.layout().size(),
                                 {.momentum = options_.momentum, .weight_decay = options_.weight_decay});
  schedule_ = find_row(schedules(), options_.schedule)->make();
  initialise(plan_.layout(), options_.seed, parameters_.data());
  if (validates()) validation_.emplace(plan_, run.loss, *run.valid, threads_);
}

template <class T>
Trained<T> Trainer<T>::train() {
  const FlushDenormals flush;
  began_ = now();
  for (std::size_t epoch = 1; epoch <= options_.epochs; ++epoch) {
    const double started = now();
    if (!run_epoch(epoch)) break;
    finish_epoch(epoch, started);
    if (stopping_.is_over(epoch)) break;
  }
  result_.best_epoch = stopping_.best_epoch();
  return std::move(result_);
}

template <class T>
bool Trainer<T>::run_epoch(std::size_t epoch) {
  shuffled_order(options_.seed, static_cast<std::uint32_t>(epoch), order_);
  loss_sum_ = weight_sum_ = 0;
  for (std::size_t step = 0; step < steps_; ++step) {
    result_.interrupted = run_.hooks.stop && run_.hooks.stop();
    result_.timed_out = epoch > 1 && time_share() >= 1;
    if (result_.interrupted || result_.timed_out) return false;
    run_step(epoch, step);
    if (run_.hooks.on_step && step % kStepsBetweenReports == 0) run_.hooks.on_step(step + 1, steps_);
  }
  return true;
}

template <class T>
void Trainer<T>::run_step(std::size_t epoch, std::size_t step) {
  const std::size_t begin = step * options_.batch_size;
  const std::span<const std::uint32_t> rows{order_.data() + begin,
                                            std::min(options_.batch_size, order_.size() - begin)};
  // What runs out first, epochs or time, ends the schedule.
  const std::size_t all = options_.epochs * steps_, done = (epoch - 1) * steps_ + step;
  const auto by_time = static_cast<std::size_t>(std::min(time_share(), 1.0) * static_cast<double>(all - 1));
  const std::size_t reached = std::max(done, by_time);
  rate_ = options_.learning_rate * schedule_->factor(reached, all) * warmup_factor(options_.warmup, reached, all);
  const double loss = pass_.run(parameters_.data(), rows, gradient_.data());
  if (!std::isfinite(loss)) diverged("the loss is not finite", epoch, step + 1, options_.learning_rate);
  loss_sum_ += loss * pass_.last_weight();
  weight_sum_ += pass_.last_weight();
  if (options_.l2 > 0) add_penalty();
  optimizer_->step(parameters_.data(), gradient_.data(), rate_);
}

// The gradient of l2 · Σ w² over weights; biases are free.
template <class T>
void Trainer<T>::add_penalty() {
  for (const ParameterRange& range : plan_.layout().ranges()) {
    if (!range.penalised()) continue;
    kernels<T>().add_scaled(range.stored(), static_cast<T>(2 * options_.l2), parameters_.data() + range.offset,
                            gradient_.data() + range.offset);
  }
}

template <class T>
void Trainer<T>::finish_epoch(std::size_t epoch, double started) {
  if (!std::isfinite(kernels<T>().sum_of_squares(parameters_.size(), parameters_.data()))) {
    diverged("a weight is not finite", epoch, steps_, options_.learning_rate);
  }
  EpochRecord record{.epoch = epoch,
                     .train_loss = weight_sum_ > 0 ? loss_sum_ / weight_sum_ : 0,
                     .valid_loss = std::numeric_limits<double>::quiet_NaN(),
                     .learning_rate = rate_};
  if (validation_) {
    record.valid_loss = validation_->run(parameters_.data());
    if (!std::isfinite(record.valid_loss))
      diverged("the validation loss is not finite", epoch, steps_, options_.learning_rate);
  }
  const double loss = validates() ? record.valid_loss : record.train_loss;
  schedule_->end_epoch(loss);
  if (stopping_.is_best(epoch, loss)) result_.parameters = parameters_;
  record.seconds = now() - started;
  result_.epochs = epoch;
  result_.history.push_back(record);
  if (run_.hooks.on_epoch) run_.hooks.on_epoch(record);
}

}  // namespace

template <class T>
Trained<T> train(const TrainingRun<T>& run) {
  return Trainer<T>(run).train();
}

template Trained<float> train(const TrainingRun<float>&);
template Trained<double> train(const TrainingRun<double>&);

}  // namespace ffwd
