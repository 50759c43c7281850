// What a network is worth on the rows of one part of a table.
#pragma once

#include <string>

#include "ffwd/matrix.h"
#include "ffwd/model.h"
#include "model/engine.h"
#include "model/fit_rows.h"
#include "model/preparation.h"
#include "train/trainer.h"

namespace ffwd {

/// Metrics on `rows`, beside those of the trivial model of the rows `train`; of none, nothing. `predicted`: the
/// answers, [rows, answers].
/// @throws Error(kDiverged) an answer is not finite.
template <class T>
[[nodiscard]] FitResult::Part measured(const Engine<T>& engine, const Preparation& p, const FitRows<T>& rows,
                                       const FitRows<T>& train, const TrainOptions& options, Matrix& predicted);

/// How early stopping looks at validation rows, where that is not their loss but the metric `name`. Holds on to all but
/// the name.
template <class T>
[[nodiscard]] ValidationScore score_by(const std::string& name, const Preparation& p, const FitRows<T>& valid,
                                       unsigned threads);

}  // namespace ffwd
