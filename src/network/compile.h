// From a NetworkSpec to a Plan.
#pragma once

#include <cstddef>

#include "ffwd/network.h"
#include "plan/plan.h"

namespace ffwd {

/// Compiles a valid spec for passes of up to `capacity` rows (1 … kShardRows). T is float or double. The layout of the
/// parameters depends neither on the capacity nor on the use. `fixed`: as PlanBuilder has it.
template <class T>
[[nodiscard]] Plan<T> compile(const NetworkSpec& spec, std::size_t capacity, PlanUse use = PlanUse::kTraining,
                              const T* fixed = nullptr);

}  // namespace ffwd
