#include "pipeline/imputer.h"

#include <algorithm>
#include <cmath>

#include "pipeline/scale.h"

namespace ffwd {

Imputer Imputer::fit(std::span<double> cells) {
  const auto missing = std::ranges::partition(cells, [](double cell) { return !std::isnan(cell); });
  const std::span<double> present = cells.first(cells.size() - missing.size());
  return {.median = present.empty() ? 0.0 : ffwd::median(present), .marks_missing = !missing.empty()};
}

}  // namespace ffwd
