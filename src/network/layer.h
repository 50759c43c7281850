// Layers: the one table of the types a NetworkSpec can name, each lowering itself to steps of a plan.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "core/checked.h"
#include "ffwd/network.h"
#include "plan/plan.h"

namespace ffwd {

struct LayerRow {
  std::string_view name;
  std::string_view summary;
  /// Weights and biases of a layer of this type that reads `inputs` numbers per row. Asked before anything of that size
  /// is made: the spec may come from a file.
  CheckedSize (*n_parameters)(const LayerSpec& layer, std::size_t inputs);
  Value (*lower_f32)(PlanBuilder<float>& builder, const LayerSpec& layer, const Value& source, bool feeds_loss);
  Value (*lower_f64)(PlanBuilder<double>& builder, const LayerSpec& layer, const Value& source, bool feeds_loss);
};

/// Written by the build from the files of this folder.
[[nodiscard]] std::span<const LayerRow* const> layers();

}  // namespace ffwd
