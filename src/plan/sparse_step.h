// A dense layer most of whose weights are zero, run forward: batches as columns, a lane per row; a single row with a
// lane per output. It holds the weights themselves, those that are not zero: of plans for one vector of parameters.
#pragma once

#include "plan/dense_step.h"
#include "plan/plan.h"

namespace ffwd {

/// Whether batches go through a layer of these sizes, with so many weights that are not zero, more quickly so. A single
/// row, for which that takes fewer of them, may go through the dense product all the same.
[[nodiscard]] bool is_quicker_sparse(std::size_t inputs, std::size_t outputs, std::size_t nonzero);

/// Adds the step if it is the quicker one for the builder's fixed parameters; else adds nothing and returns false.
template <class T>
[[nodiscard]] bool add_sparse_step(PlanBuilder<T>& builder, const DenseWeights& weights, const Reading& source,
                                   const Value& target);

}  // namespace ffwd
