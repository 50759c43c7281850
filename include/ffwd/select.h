// Selection: cross-validation, and the penalty that it finds best. Many whole models, each with its own preprocessing
// fitted on its own rows, trained side by side; then the one that is kept, on all of them.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "ffwd/matrix.h"
#include "ffwd/metrics.h"
#include "ffwd/model.h"
#include "ffwd/table.h"
#include "ffwd/train.h"

namespace ffwd {

/// Folds where a penalty is chosen and nothing else is asked for.
inline constexpr std::size_t kUsualFolds = 5;

/// What is to be found out before the model is trained.
struct SelectOptions {
  /// Parts that the rows are dealt into, 2 … 1000; each is measured by a model that did not see it. 0 = none is, or
  /// with `penalty` 5.
  std::size_t folds = 0;
  /// "" = the penalties are given; "l2" or "l1" = that one is chosen, by the mean loss of the rows held out, from a
  /// path of λ that falls in equal factors from the one that FitOptions::train gives to a 10,000th of it.
  std::string penalty;
  std::size_t lambdas = 10;   ///< of the path, 2 … 100
  std::string rule = "best";  ///< best: the least mean loss; one-se: the largest λ within one standard error of it

  /// Throws Error(kUsage) listing every fault.
  void validate() const;
};

/// Where the path of λ starts when nothing else is asked for. With standardised features and targets l1 then leaves a
/// network the mean alone and l2 little more; a 10,000th of it is as good as no penalty. On three tables of 200 to 569
/// rows the least loss lay between 0.2 and 0.002.
inline constexpr double kLargestPenalty = 1.0;

/// A metric in a cross-validation.
struct FoldFigure {
  std::string name;
  double mean = 0.0, sd = 0.0;  ///< over the folds where it is defined; NaN for none, or sd for one
  double all = 0.0;             ///< of the answers for the rows of all folds together
};

struct CrossValidation {
  std::size_t folds = 0;
  std::size_t rows = 0;             ///< that took part: all but the test rows and those without a target
  std::vector<FoldFigure> figures;  ///< of several targets the means of theirs
  std::vector<Metrics> of_folds;
  Metrics metrics;                   ///< of all rows, each answered by the model that did not see it
  std::vector<std::size_t> row;      ///< numbers of the rows that took part, rising
  std::vector<std::size_t> fold_of;  ///< the fold of each of them, from 1
  Matrix predictions;                ///< their answers, [rows, Model::answers()]
  double seconds = 0.0;
};

/// How the mean loss of rows held out depends on the penalty. Losses are those of training, without penalties.
struct PenaltyPath {
  struct Point {
    double lambda = 0.0;
    double mean = 0.0;             ///< over the folds; infinite if one diverged
    double standard_error = 0.0;   ///< of that mean: sd over the folds / √folds
    std::vector<double> of_folds;  ///< the losses
  };
  std::string penalty;
  std::string rule;
  std::size_t folds = 0;
  std::vector<Point> points;  ///< λ falling
  std::size_t best = 0;       ///< the point with the least mean
  std::size_t chosen = 0;     ///< the point whose λ the model is trained with
  double seconds = 0.0;
};

struct SelectResult {
  FitResult fit;  ///< of the model that is kept; null if the stop hook came before its first epoch's end
  std::optional<CrossValidation> cross_validation;  ///< asked for, and not interrupted
  std::optional<PenaltyPath> path;
};

/// fit() of the model that is kept, after what SelectOptions ask for: on all rows that are not kept to test on. With
/// folds and no penalty to choose, none are kept unless `test` or FitOptions::test_fraction say so. Rows are dealt into
/// folds at random by the seed, each class in equal shares, groups (FitOptions::group) whole; within each fold the rest
/// is split for validation as usual. Penalties are chosen with single networks, also for an ensemble. Equal arguments
/// give equal bits, for any number of threads. A time limit is shared among all models.
/// @throws Error(kUsage, kData, kDiverged) as fit(), and for fewer rows or groups than folds.
[[nodiscard]] SelectResult select(const Table& data, const Table* valid, const Table* test, const FitOptions& options,
                                  const SelectOptions& select_options, const TrainHooks& hooks = {},
                                  const std::function<void(const Prepared&)>& on_prepared = {});

}  // namespace ffwd
