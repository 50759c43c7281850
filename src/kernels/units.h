// The hidden units a user can name: the one table that parsing, help, initialisation, saving and tests walk.
// Their formulas stand in units-inl.h, value, slope and curve side by side.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ffwd {

/// Which variance of the initial weights suits a unit: He 2/fan_in, Glorot 2/(fan_in + fan_out), or LeCun 1/fan_in.
enum class InitRule { kHe, kGlorot, kLecun };

struct UnitRow {
  std::string_view name;     ///< "relu"
  std::string_view formula;  ///< "max(0, z)"
  InitRule init;
  bool slope_from_output;  ///< the slope is computed from the unit's output; else from its input z, which is then kept
  std::string_view parameter;  ///< what the formula calls the unit's one parameter, a number > 0; "" = it has none
  double default_parameter;    ///< 0 where there is none
  std::size_t index;           ///< position in units() and in the Kernels' unit_value, unit_slope and unit_curve
};

[[nodiscard]] std::span<const UnitRow> units();
/// The row called `name`, or nullptr.
[[nodiscard]] const UnitRow* find_unit(std::string_view name);
[[nodiscard]] std::vector<std::string> unit_names();

}  // namespace ffwd
