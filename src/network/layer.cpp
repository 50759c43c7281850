#include "network/layer.h"

#include <limits>

#include "core/rows.h"

namespace ffwd {

std::vector<std::string> layer_unit_names() {
  std::vector<std::string> names = unit_names();
  for (const LayerRow* row : layers()) {
    if (row->is_unit) names.emplace_back(row->name);
  }
  return names;
}

std::vector<LayerOption> layer_options(std::string_view type, std::string_view unit) {
  std::vector<LayerOption> options;
  if (const LayerRow* const row = find_row(layers(), type)) options.assign(row->options.begin(), row->options.end());
  if (const UnitRow* const row = find_unit(unit)) {
    if (const auto option = unit_option(*row)) options.push_back(*option);
  }
  return options;
}

double option_of(const LayerSpec& layer, const LayerOption& option) {
  const auto found = layer.options.find(std::string(option.name));
  return found == layer.options.end() ? option.usual : found->second;
}

std::optional<LayerOption> unit_option(const UnitRow& unit) {
  if (unit.parameter.empty()) return std::nullopt;
  return LayerOption{.name = unit.parameter,
                     .summary = unit.formula,
                     .usual = unit.default_parameter,
                     .low = std::numeric_limits<double>::min(),
                     .high = 1e6};
}

double unit_parameter(const LayerSpec& layer, const UnitRow& unit) {
  const auto option = unit_option(unit);
  return option ? option_of(layer, *option) : 0;
}

}  // namespace ffwd
