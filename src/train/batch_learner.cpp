#include "train/batch_learner.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/rows.h"
#include "dataset/shuffle.h"
#include "optim/clip.h"
#include "optim/schedule.h"
#include "train/batch_pass.h"
#include "train/statistics.h"

namespace ffwd {
namespace {

constexpr std::size_t kStepsBetweenReports = 64;

/// The rate rises in equal parts over the first `share` of the steps: the moments of the gradient are rough guesses
/// at first, and a full step along them can do harm. Goyal et al. (2017), section 2.2.
double warmup_factor(double share, std::size_t step, std::size_t steps) {
  if (share == 0) return 1.0;
  const double rise = share * static_cast<double>(steps), position = static_cast<double>(step + 1);
  return position < rise ? position / rise : 1.0;
}

template <class T>
class BatchLearner final : public Learner<T> {
 public:
  BatchLearner(const Workshop<T>& shop, AlignedVector<T> parameters);

  EpochOutcome run_epoch(std::size_t epoch) override;
  void end_epoch(double loss) override { schedule_->end_epoch(loss); }
  [[nodiscard]] const AlignedVector<T>& parameters() const override {
    return averages_.empty() ? parameters_ : averages_;
  }

 private:
  /// Whether nothing happens between steps on single rows but the steps themselves.
  [[nodiscard]] bool descends_row_by_row() const;
  /// The steps it has taken of those up to `end`: all, or those before one whose loss is not finite.
  std::size_t run_steps(std::size_t epoch, std::size_t step, std::size_t end);
  [[nodiscard]] std::size_t all_steps() const { return options_.epochs * steps_; }
  /// The step of all that schedules are at: what runs out first, epochs or time, ends them.
  [[nodiscard]] std::size_t reached(std::size_t epoch, std::size_t step) const;
  [[nodiscard]] double rate_at(std::size_t step) const;
  /// False if the loss is not finite.
  bool run_step(std::size_t epoch, std::size_t step);
  void average();

  Workshop<T> shop_;
  const TrainOptions& options_;
  std::size_t steps_;  // per epoch
  BatchPass<T> pass_;
  std::unique_ptr<Optimizer<T>> optimizer_;
  std::unique_ptr<Schedule> schedule_;
  AlignedVector<T> parameters_, gradient_, averages_;
  std::vector<std::uint32_t> order_;
  bool has_statistics_, row_by_row_;
  std::size_t updates_ = 0;
  double loss_sum_ = 0, weight_sum_ = 0, rate_ = 0;
};

template <class T>
BatchLearner<T>::BatchLearner(const Workshop<T>& shop, AlignedVector<T> parameters)
    : shop_(shop),
      options_(shop.options),
      steps_((shop.run.train.rows + options_.batch_size - 1) / options_.batch_size),
      pass_(shop.plan, shop.run.loss, shop.run.train, options_.batch_size, shop.threads),
      optimizer_(make_optimizer<T>(*find_row(optimizers(), options_.optimizer), parameters.size(),
                                   options_.optimizer_options)),
      schedule_(make_schedule(*find_row(schedules(), options_.schedule), options_.schedule_options)),
      parameters_(std::move(parameters)),
      gradient_(parameters_.size()),
      order_(shop.run.train.rows),
      has_statistics_(!std::ranges::all_of(shop.plan.layout().ranges(), &ParameterRange::learned)),
      row_by_row_(descends_row_by_row()) {
  std::iota(order_.begin(), order_.end(), 0u);
  if (options_.average > 0) averages_ = parameters_;
}

template <class T>
EpochOutcome BatchLearner<T>::run_epoch(std::size_t epoch) {
  // A batch of all rows has no order worth drawing.
  if (steps_ > 1) shuffled_order(options_.seed, static_cast<std::uint32_t>(epoch), order_);
  pass_.draw(options_.seed, static_cast<std::uint32_t>(epoch));
  loss_sum_ = weight_sum_ = 0;
  for (std::size_t step = 0, end = 0; step < steps_; step = end) {
    if (shop_.clock.is_stopped()) return {.interrupted = true};
    if (epoch > 1 && shop_.clock.share() >= 1) return {.timed_out = true};
    end = std::min(steps_, step + (row_by_row_ ? kStepsBetweenReports : 1));
    const std::size_t done = run_steps(epoch, step, end);
    if (done < end - step) {
      return {.diverged = divergence("the loss is not finite", epoch, step + done + 1, options_)};
    }
    const TrainHooks& hooks = shop_.run.hooks;
    if (hooks.on_step && step % kStepsBetweenReports == 0) hooks.on_step(end, steps_);
  }
  EpochOutcome outcome{.loss = weight_sum_ > 0 ? loss_sum_ / weight_sum_ : 0, .rate = rate_};
  if (!std::isfinite(kernels<T>().sum_of_squares(parameters_.size(), parameters_.data()))) {
    outcome.diverged = divergence("a weight is not finite", epoch, steps_, options_);
  }
  return outcome;
}

template <class T>
bool BatchLearner<T>::descends_row_by_row() const {
  const bool is_alike = shop_.segments.size() == 1 && shop_.segments.front().n == parameters_.size() &&
                        shop_.segments.front().rate_factor == 1 && shop_.segments.front().l1 == 0;
  return options_.batch_size == 1 && pass_.descends() && is_alike && optimizer_->is_plain_descent() &&
         schedule_->is_constant() && options_.warmup == 0 && options_.time_limit == 0 && options_.clip_norm == 0 &&
         options_.average == 0 && shop_.penalties.empty() && !has_statistics_ && shop_.pruner == nullptr;
}

template <class T>
std::size_t BatchLearner<T>::run_steps(std::size_t epoch, std::size_t step, std::size_t end) {
  if (!row_by_row_) return run_step(epoch, step) ? 1 : 0;
  rate_ = rate_at(reached(epoch, step));
  const std::span<const std::uint32_t> rows{order_.data() + step, end - step};
  const std::size_t done = pass_.descend(parameters_.data(), rows, static_cast<T>(rate_), gradient_.data(), loss_sum_);
  weight_sum_ += static_cast<double>(done);
  updates_ += done;
  return done;
}

template <class T>
std::size_t BatchLearner<T>::reached(std::size_t epoch, std::size_t step) const {
  const std::size_t steps = (epoch - 1) * steps_ + step;
  const double share = shop_.clock.share();
  if (share <= 0) return steps;
  return std::max(steps, static_cast<std::size_t>(std::min(share, 1.0) * static_cast<double>(all_steps() - 1)));
}

template <class T>
double BatchLearner<T>::rate_at(std::size_t step) const {
  return options_.learning_rate * schedule_->factor({.step = step, .steps = all_steps(), .steps_per_epoch = steps_}) *
         warmup_factor(options_.warmup, step, all_steps());
}

template <class T>
bool BatchLearner<T>::run_step(std::size_t epoch, std::size_t step) {
  const std::size_t begin = step * options_.batch_size;
  const std::span<const std::uint32_t> rows{order_.data() + begin,
                                            std::min(options_.batch_size, order_.size() - begin)};
  const std::size_t at = reached(epoch, step);
  rate_ = rate_at(at);
  if (shop_.pruner != nullptr) {
    shop_.pruner->advance(static_cast<double>(at + 1) / static_cast<double>(all_steps()), parameters_.data());
  }
  const double loss = pass_.run(parameters_.data(), rows, gradient_.data());
  if (!std::isfinite(loss)) return false;
  loss_sum_ += loss * pass_.last_weight();
  weight_sum_ += pass_.last_weight();
  ++updates_;
  const std::size_t full_rows = std::min(options_.batch_size, order_.size());
  if (has_statistics_) {
    move_statistics(shop_.plan.layout(), full_rows, updates_, parameters_.data(), gradient_.data());
  }
  if (!shop_.penalties.empty()) {
    add_penalty_gradient<T>(shop_.penalties, shop_.plan.layout(), parameters_.data(), gradient_.data());
  }
  if (options_.clip_norm > 0) clip_norm(gradient_.size(), options_.clip_norm, gradient_.data());
  optimizer_->step(parameters_.data(), gradient_.data(), rate_, shop_.segments, shop_.threads);
  if (shop_.pruner != nullptr) shop_.pruner->apply(parameters_.data());
  if (!averages_.empty()) average();
  return true;
}

// Polyak & Juditsky (1992), with weights that fade away exponentially. The horizon grows with the updates done: the
// averages soon forget where training began.
template <class T>
void BatchLearner<T>::average() {
  constexpr double kShareOfUpdates = 0.1;
  const double horizon =
      std::min(options_.average * static_cast<double>(steps_), kShareOfUpdates * static_cast<double>(updates_));
  kernels<T>().move_towards(averages_.size(), static_cast<T>(1 / (1 + horizon)), parameters_.data(), averages_.data());
}

}  // namespace

template <class T>
std::unique_ptr<Learner<T>> make_batch_learner(const Workshop<T>& shop, AlignedVector<T> parameters) {
  return std::make_unique<BatchLearner<T>>(shop, std::move(parameters));
}

template std::unique_ptr<Learner<float>> make_batch_learner(const Workshop<float>&, AlignedVector<float>);
template std::unique_ptr<Learner<double>> make_batch_learner(const Workshop<double>&, AlignedVector<double>);

}  // namespace ffwd
