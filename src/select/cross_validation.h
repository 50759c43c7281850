// Cross-validation: what the models of a table are worth on rows they have not seen, every row being such a row once.
#pragma once

#include "ffwd/select.h"
#include "select/fold_rows.h"

namespace ffwd {

/// Trains a model for each fold, side by side, and measures it on the fold. `whole`: the job that `dealt` was made of.
/// @throws Error(kDiverged) a fold's training did.
[[nodiscard]] Looked<CrossValidation> cross_validate(const FitJob& whole, const DealtRows& dealt, const Table& data,
                                                     const Table* valid, const TrainOptions& train,
                                                     const TrainHooks& hooks);

}  // namespace ffwd
