#include "network/layer.h"

#include <limits>

namespace ffwd {

std::vector<std::string> layer_unit_names() {
  std::vector<std::string> names = unit_names();
  for (const LayerRow* row : layers()) {
    if (row->is_unit) names.emplace_back(row->name);
  }
  return names;
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
