// A whole network of small dense layers as one step over columns: a lane per row, where other steps have a lane per
// output that such layers would leave empty.
#pragma once

#include <memory>
#include <span>

#include "plan/plan.h"

namespace ffwd {

/// The step that does the work of all `steps`, if those are the dense layers of a chain from the input, none of more
/// than kSmallUnits inputs or outputs; else null.
template <class T>
[[nodiscard]] std::unique_ptr<Step<T>> fuse_small_network(PlanBuilder<T>& builder,
                                                          std::span<const std::unique_ptr<Step<T>>> steps);

}  // namespace ffwd
