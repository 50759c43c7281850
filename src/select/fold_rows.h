// The rows of a table dealt into folds, as fits of single folds want them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "model/fit_job.h"

namespace ffwd {

class DealtRows {
 public:
  /// Deals the rows that `whole`, a job on all of them, trains and validates on.
  /// @throws Error(kUsage) fewer rows or groups than folds.
  DealtRows(const FitJob& whole, const Table& data, const FitOptions& options, std::size_t folds);

  [[nodiscard]] std::size_t folds() const { return folds_; }
  [[nodiscard]] const std::vector<RowIndex>& rows() const { return rows_; }
  /// The fold, from 0, of each of rows().
  [[nodiscard]] const std::vector<std::uint32_t>& fold_of() const { return fold_of_; }
  /// A job on all rows but those of the fold, on which it is to be measured. Thread-safe.
  /// @throws Error as make_fit_job(), with the fold's number.
  [[nodiscard]] std::unique_ptr<FitJob> job_of(std::size_t fold, const Table& data, const Table* valid) const;

 private:
  FitOptions options_;  // of the fits of single folds
  std::size_t folds_;
  std::vector<RowIndex> rows_;
  std::vector<std::uint32_t> fold_of_;
};

/// What trainings of all folds came to: nothing if the stop hook or the time ended them before.
template <class T>
struct Looked {
  std::optional<T> found;
  bool interrupted = false;
};

/// Raises what went wrong in a fold, from 0, which it names.
[[noreturn]] void raise_of_fold(std::size_t fold, Fault fault);

/// The caller's hooks, which are told besides which fold an epoch is of, and which penalty (from 1; 0 = none).
[[nodiscard]] TrainHooks hooks_of_fold(const TrainHooks& hooks, std::size_t fold, std::size_t penalty);

/// What a part of `trainings` on that many threads may take of a time limit that one more training is to share.
[[nodiscard]] double share_of_limit(const TrainOptions& options, std::size_t trainings);

}  // namespace ffwd
