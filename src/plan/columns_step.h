// Columns of some values side by side as a value of their own: what concatenation, the parts of an input and picked
// units have in common.
#pragma once

#include <cstddef>
#include <vector>

#include "plan/plan.h"

namespace ffwd {

/// `count` columns of a value from column `first` on.
struct Columns {
  Reading reading;
  std::size_t first = 0, count = 0;
};

/// The value that holds them one after the other.
template <class T>
[[nodiscard]] Value add_columns_step(PlanBuilder<T>& builder, std::vector<Columns> parts);

}  // namespace ffwd
