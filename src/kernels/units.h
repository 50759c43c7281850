// The hidden units a user can name: the one table that parsing, help, initialisation, saving and tests walk.
// Their formulas stand in units-inl.h, value and slope side by side.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ffwd {

/// Which variance of the initial weights suits a unit: He 2/fan_in, or Glorot 2/(fan_in + fan_out).
enum class InitRule { kHe, kGlorot };

struct UnitRow {
  std::string_view name;     ///< "relu"
  std::string_view formula;  ///< "max(0, z)"
  InitRule init;
  bool slope_from_output;  ///< the slope is computed from the unit's output; else from its input z, which is then kept
  std::size_t index;       ///< position in units(), in Kernels::unit_value and in Kernels::unit_slope
};

[[nodiscard]] std::span<const UnitRow> units();
/// The row called `name`, or nullptr.
[[nodiscard]] const UnitRow* find_unit(std::string_view name);
[[nodiscard]] std::vector<std::string> unit_names();

}  // namespace ffwd
