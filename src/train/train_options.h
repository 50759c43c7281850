// The one place where TrainOptions are checked.
#pragma once

#include <string>
#include <vector>

#include "ffwd/train.h"

namespace ffwd {

/// Every fault of the options, each naming its option, the value and what is allowed; empty when there is none.
[[nodiscard]] std::vector<std::string> faults_of(const TrainOptions& options);

}  // namespace ffwd
