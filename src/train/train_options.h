// The one place where TrainOptions are checked, and where what they leave open is decided.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "ffwd/train.h"
#include "loss/loss.h"

namespace ffwd {

/// Every fault of the options, each naming its option, the value and what is allowed; empty when there is none.
[[nodiscard]] std::vector<std::string> faults_of(const TrainOptions& options);

/// Refuses an optimiser that cannot have this loss, or so many parameters.
/// @throws Error(kUsage)
void require_fit(const TrainOptions& options, const LossRow& loss, std::size_t n_parameters);

/// The name of the precision that "auto" stands for: full-batch optimisers need float64 to see what their steps win.
[[nodiscard]] std::string_view usual_precision(const TrainOptions& options);

/// The options with the rate, the rows of a batch, the epochs and what the optimiser and the schedule use as numbers,
/// for `rows` (>= 1) rows to train on.
[[nodiscard]] TrainOptions settled(TrainOptions options, std::size_t rows);

}  // namespace ffwd
