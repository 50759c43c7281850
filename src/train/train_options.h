// The one place where TrainOptions are checked, and where what they leave open is decided.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "ffwd/train.h"

namespace ffwd {

/// Every fault of the options, each naming its option, the value and what is allowed; empty when there is none.
[[nodiscard]] std::vector<std::string> faults_of(const TrainOptions& options);

/// The options with the rate, the rows of a batch and the epochs as numbers, for `rows` (>= 1) rows to train on.
[[nodiscard]] TrainOptions settled(TrainOptions options, std::size_t rows);

}  // namespace ffwd
