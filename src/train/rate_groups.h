// Rate groups: the parts of a parameter vector that are updated alike, from patterns of tensors' names.
#pragma once

#include <string_view>
#include <vector>

#include "ffwd/train.h"
#include "optim/optimizer.h"
#include "plan/parameters.h"

namespace ffwd {

/// Whether `name` is what `pattern` says, in which * stands for any text.
[[nodiscard]] bool matches(std::string_view pattern, std::string_view name);

/// The vector in parts, in its order; neighbours that are updated alike are one part.
/// @throws Error(kUsage) a pattern that no tensor matches.
[[nodiscard]] std::vector<Segment> rate_segments(const ParameterLayout& layout, const TrainOptions& options);

}  // namespace ffwd
