// A dense layer as one step: y = phi(x·Wᵀ + b) and its two products backward, for wide and for narrow layers.
#pragma once

#include <memory>
#include <string>

#include "plan/plan.h"

namespace ffwd {

/// Adds the parameters `name`.weight and `name`.bias and the step that computes `target` from `source`.
template <class T>
void add_dense_step(PlanBuilder<T>& builder, const std::string& name, const Value& source, const Value& target);

}  // namespace ffwd
