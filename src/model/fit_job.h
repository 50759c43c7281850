// FitJob: a table made ready to be trained on: split, preprocessed, its network chosen. Networks may be trained on it
// as often as one likes, several at a time: they share its rows.
#pragma once

#include <memory>
#include <optional>
#include <span>

#include "core/json.h"
#include "ffwd/error.h"
#include "ffwd/model.h"
#include "model/preparation.h"

namespace ffwd {

/// What training on a job came to.
struct FitOutcome {
  FitResult result;               ///< its model is null if the stop hook came before the first epoch's end
  Matrix held_out;                ///< the model's answers for the test rows, [rows, answers]
  double held_out_loss = 0;       ///< the mean loss on them, of a single member
  std::optional<Fault> diverged;  ///< why there is no model, if that is why
};

class FitJob {
 public:
  virtual ~FitJob() = default;

  [[nodiscard]] virtual const Preparation& preparation() const = 0;
  [[nodiscard]] virtual Prepared prepared() const = 0;
  /// Targets::truth of the test rows, and what each of them counts (empty = all 1).
  [[nodiscard]] virtual const Matrix& held_out_truth() const = 0;
  [[nodiscard]] virtual std::span<const double> held_out_weights() const = 0;

  /// Trains with these options in place of those that the job was made with. Thread-safe: const, no hidden state.
  /// `record`: an object whose keys the model's "training" is given besides.
  [[nodiscard]] virtual FitOutcome run(const TrainOptions& train, const TrainHooks& hooks,
                                       const Json& record = Json::object()) const = 0;
};

/// Refuses a time limit where no clock is handed in.
/// @throws Error(kUsage)
void require_clock(const TrainOptions& options, const TrainHooks& hooks);

/// `options`: valid ones. `fold`: as prepare() has it.
/// @throws Error(kUsage, kData)
[[nodiscard]] std::unique_ptr<FitJob> make_fit_job(const Table& data, const Table* valid, const Table* test,
                                                   const FitOptions& options, const FoldRows* fold = nullptr);

}  // namespace ffwd
