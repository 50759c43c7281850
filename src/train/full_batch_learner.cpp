#include "train/full_batch_learner.h"

#include <cmath>

#include "core/rows.h"
#include "train/batch_objective.h"

namespace ffwd {
namespace {

template <class T>
class FullBatchLearner final : public Learner<T> {
 public:
  FullBatchLearner(const Workshop<T>& shop, AlignedVector<T> parameters)
      : shop_(shop),
        row_(*find_row(optimizers(), shop.options.optimizer)),
        objective_(shop, row_.needs_residuals),
        minimizer_(make_minimizer<T>(row_, objective_, shop.options.optimizer_options)),
        parameters_(std::move(parameters)) {}

  EpochOutcome run_epoch(std::size_t epoch) override {
    if (shop_.clock.is_stopped()) return {.interrupted = true};
    if (epoch > 1 && shop_.clock.share() >= 1) return {.timed_out = true};
    const Iteration iteration = minimizer_->iterate(parameters_.data());
    if (!std::isfinite(iteration.value)) {
      return {.diverged = divergence("the loss is not finite", epoch, 1, shop_.options)};
    }
    if (shop_.run.hooks.on_step) shop_.run.hooks.on_step(1, 1);
    return {.loss = iteration.value - penalty_value<T>(shop_.penalties, shop_.plan.layout(), parameters_.data()),
            .rate = iteration.step,
            .converged = iteration.done};
  }

  [[nodiscard]] const AlignedVector<T>& parameters() const override { return parameters_; }

 private:
  Workshop<T> shop_;
  const OptimizerRow& row_;
  BatchObjective<T> objective_;
  std::unique_ptr<Minimizer<T>> minimizer_;
  AlignedVector<T> parameters_;
};

}  // namespace

template <class T>
std::unique_ptr<Learner<T>> make_full_batch_learner(const Workshop<T>& shop, AlignedVector<T> parameters) {
  return std::make_unique<FullBatchLearner<T>>(shop, std::move(parameters));
}

template std::unique_ptr<Learner<float>> make_full_batch_learner(const Workshop<float>&, AlignedVector<float>);
template std::unique_ptr<Learner<double>> make_full_batch_learner(const Workshop<double>&, AlignedVector<double>);

}  // namespace ffwd
