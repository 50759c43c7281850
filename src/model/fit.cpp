// fit: a table becomes a model. The only place where training meets preprocessing.
#include <functional>
#include <memory>
#include <utility>

#include "core/raise.h"
#include "ffwd/model.h"
#include "model/fit_job.h"

namespace ffwd {

FitResult fit(const Table& data, const Table* valid, const Table* test, const FitOptions& options,
              const TrainHooks& hooks, const std::function<void(const Prepared&)>& on_prepared) {
  options.validate();
  require_clock(options.train, hooks);
  const double started = hooks.clock ? hooks.clock() : 0.0;
  const std::unique_ptr<FitJob> job = make_fit_job(data, valid, test, options);
  const double prepare_seconds = hooks.clock ? hooks.clock() - started : 0.0;
  if (on_prepared) on_prepared(job->prepared());
  FitOutcome outcome = job->run(options.train, hooks);
  if (outcome.diverged) raise(std::move(*outcome.diverged));
  FitResult result = std::move(outcome.result);
  result.prepare_seconds = prepare_seconds;
  return result;
}

FitResult fit(const Table& data, const Table* valid, const Table* test, const FitOptions& options,
              const TrainHooks& hooks) {
  return fit(data, valid, test, options, hooks, {});
}

}  // namespace ffwd
