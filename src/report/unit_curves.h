// The hidden units as curves, computed by the kernels that networks run through.
#pragma once

#include <string>
#include <vector>

#include "kernels/units.h"

namespace ffwd {

/// A place where a unit or its slope jumps.
struct UnitKink {
  double at = 0;
  double slope = 0;   ///< what the kernel takes there
  bool jump = false;  ///< the unit itself jumps
};

/// Those between -2 and 2, rising, of the unit with its usual parameter.
[[nodiscard]] std::vector<UnitKink> unit_kinks(const UnitRow& unit);

/// An SVG picture of every unit of the table, and of the layers prelu, maxout and rbf with one input: value, slope and
/// second derivative over -4 … 4, with a dot for what holds at a kink.
[[nodiscard]] std::string unit_curves_svg();

}  // namespace ffwd
