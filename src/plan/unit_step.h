// A unit as a step of its own: y = phi(x), element by element.
#pragma once

#include "plan/plan.h"

namespace ffwd {

/// Returns the value phi(x); of the identity unit there is no step, and the value is the source's.
template <class T>
[[nodiscard]] Value add_unit_step(PlanBuilder<T>& builder, const UnitRow& unit, double parameter,
                                  const Reading& source);

}  // namespace ffwd
