#include "ffwd/select.h"

#include <algorithm>
#include <utility>

#include "core/names.h"
#include "core/raise.h"
#include "model/fit_job.h"
#include "model/selection_json.h"
#include "select/cross_validation.h"
#include "select/penalty_path.h"

namespace ffwd {
namespace {

/// What is left of the time limit; some of it always is.
void take_off(TrainOptions& train, double seconds) {
  if (train.time_limit > 0) train.time_limit = std::max(train.time_limit - seconds, 1e-9 * train.time_limit);
}

class Selecting {
 public:
  Selecting(const Table& data, const Table* valid, const FitOptions& options, const SelectOptions& select_options,
            const TrainHooks& hooks)
      : data_(data), valid_(valid), options_(options), select_(select_options), hooks_(hooks), train_(options.train) {}

  SelectResult run(const FitJob& job) {
    SelectResult result;
    Json record = Json::object();
    if (asks() && !look(job, record, result)) {
      result.fit.interrupted = true;
      return result;
    }
    FitOutcome outcome = job.run(train_, hooks_, record);
    if (outcome.diverged) raise(std::move(*outcome.diverged));
    std::vector<std::string> warnings = std::move(result.fit.warnings);
    result.fit = std::move(outcome.result);
    result.fit.warnings.insert(result.fit.warnings.end(), warnings.begin(), warnings.end());
    return result;
  }

 private:
  [[nodiscard]] bool asks() const { return select_.folds > 0 || !select_.penalty.empty(); }

  /// False if the stop hook ended it.
  bool look(const FitJob& job, Json& record, SelectResult& result) {
    const double started = hooks_.clock ? hooks_.clock() : 0;
    const bool stopped =
        select_.penalty.empty() ? look_at_folds(job, record, result) : look_at_penalties(job, record, result);
    if (stopped) return false;
    if (record.empty()) {
      result.fit.warnings.emplace_back("the time was up before the networks of all folds were trained: " +
                                       std::string(select_.penalty.empty() ? "there is no cross-validation"
                                                                           : "the penalty is the largest of the path"));
    }
    take_off(train_, hooks_.clock ? hooks_.clock() - started : 0);
    return true;
  }

  /// True if it was interrupted, as the next one.
  bool look_at_folds(const FitJob& job, Json& record, SelectResult& result) {
    const DealtRows dealt(job, data_, options_, select_.folds);
    Looked<CrossValidation> looked = cross_validate(job, dealt, data_, valid_, train_, hooks_);
    if (looked.found) record["cross_validation"] = cross_validation_json(*looked.found);
    result.cross_validation = std::move(looked.found);
    return looked.interrupted;
  }

  bool look_at_penalties(const FitJob& job, Json& record, SelectResult& result) {
    FitOptions single = options_;
    single.ensemble = 1;
    const DealtRows dealt(job, data_, single, select_.folds == 0 ? kUsualFolds : select_.folds);
    Looked<PenaltyPath> looked = walk_penalties(job, dealt, data_, valid_, single, select_, hooks_);
    if (looked.found) {
      penalty_of(train_, select_.penalty) = looked.found->points[looked.found->chosen].lambda;
      record["penalty_path"] = penalty_path_json(*looked.found);
    }
    result.path = std::move(looked.found);
    return looked.interrupted;
  }

  const Table& data_;
  const Table* valid_;
  const FitOptions& options_;
  const SelectOptions& select_;
  const TrainHooks& hooks_;
  TrainOptions train_;  // of the model that is kept
};

}  // namespace

void SelectOptions::validate() const {
  std::vector<std::string> faults;
  const auto within = [&](const std::string& option, std::size_t value, std::size_t least, std::size_t most) {
    if (value >= least && value <= most) return;
    faults.push_back(option + " is " + std::to_string(value) + "; it must be from " + std::to_string(least) + " to " +
                     std::to_string(most));
  };
  if (folds != 0) within("--cv", folds, 2, 1000);
  within("--lambdas", lambdas, 2, 100);
  if (!penalty.empty() && penalty != "l1" && penalty != "l2") {
    faults.push_back(unknown_name("penalty", penalty, std::vector<std::string>{"l1", "l2"}));
  }
  if (rule != "best" && rule != "one-se") {
    faults.push_back("--cv-rule: " + unknown_name("rule", rule, std::vector<std::string>{"best", "one-se"}));
  }
  if (faults.empty()) return;
  std::string what = faults[0];
  for (std::size_t k = 1; k < faults.size(); ++k) what += "\n  " + faults[k];
  raise({.kind = ErrorKind::kUsage, .what = what, .where = "", .fix = ""});
}

SelectResult select(const Table& data, const Table* valid, const Table* test, const FitOptions& options,
                    const SelectOptions& select_options, const TrainHooks& hooks,
                    const std::function<void(const Prepared&)>& on_prepared) {
  FitOptions own = options;
  const bool measures = select_options.folds > 0 && select_options.penalty.empty();
  if (measures && test == nullptr && !own.test_fraction) own.test_fraction = 0.0;
  own.validate();
  select_options.validate();
  if (!select_options.penalty.empty() && penalty_of(own.train, select_options.penalty) <= 0) {
    raise({.kind = ErrorKind::kUsage,
           .what = "there is no λ for the path to start with",
           .where = "--" + select_options.penalty,
           .fix = "give TrainOptions the largest one, such as kLargestPenalty"});
  }
  require_clock(own.train, hooks);
  const double started = hooks.clock ? hooks.clock() : 0.0;
  const std::unique_ptr<FitJob> job = make_fit_job(data, valid, test, own);
  const double prepare_seconds = hooks.clock ? hooks.clock() - started : 0.0;
  if (on_prepared) on_prepared(job->prepared());
  SelectResult result = Selecting(data, valid, own, select_options, hooks).run(*job);
  result.fit.prepare_seconds = prepare_seconds;
  return result;
}

}  // namespace ffwd
