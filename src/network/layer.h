// Layers: the one table of the types a NetworkSpec can name, each lowering itself to steps of a plan.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/checked.h"
#include "ffwd/network.h"
#include "plan/plan.h"

namespace ffwd {

/// The most layers, and inputs, of a network.
inline constexpr std::size_t kMaxLayers = 1'000;

/// A number that a layer of some type, or a unit, can be told: a key of the layer in JSON.
struct LayerOption {
  std::string_view name;
  std::string_view summary;
  double usual;
  double low, high;    ///< smallest and largest allowed
  bool whole = false;  ///< a whole number; with low 0 and high 1 it is true or false
  /// Filled in from the table; there is no usual value, and where there is no table the layer has to say it.
  bool from_table = false;

  [[nodiscard]] bool is_flag() const { return whole && low == 0 && high == 1; }
};

/// How the outputs of a layer follow from what it reads.
enum class LayerSize {
  kFree,      ///< the layer says it
  kSum,       ///< of the sources' sizes
  kSameAsAll  ///< all sources have one size, and so has the layer
};

/// What more than the row and the parameters decides, while training, what a layer makes of the row.
enum class Varies {
  kNot,
  kByChance,
  kByNeighbours,  ///< the other rows of the batch
};

struct LayerFault {
  std::string what, fix;
};

template <class T>
using LowerLayer = Value (*)(PlanBuilder<T>& builder, const LayerSpec& layer, std::span<const Reading> sources,
                             bool feeds_loss);

struct LayerRow {
  std::string_view name;
  std::string_view summary;
  std::string_view source{};  ///< of the mathematics
  LayerSize size = LayerSize::kSameAsAll;
  bool joins = true;     ///< reads several sources as one, side by side; else they come one by one
  bool is_unit = false;  ///< other layers can name it as their unit
  bool is_word = false;  ///< a word that can follow a size in the short form, "64 dropout 0.1"
  Varies varies = Varies::kNot;
  bool reads_codes = false;  ///< its one source is an input of codes of categories, see code_inputs()
  std::span<const LayerOption> options{};
  /// What is wrong with the layer and the table cannot know, and its mend; empty where nothing is. `sizes` are those of
  /// its sources.
  LayerFault (*fault)(const LayerSpec& layer, std::span<const std::size_t> sizes) = nullptr;
  /// Numbers that a layer of this type learns where it reads `inputs` numbers per row; null: none. Asked before
  /// anything of that size is made: the spec may come from a file.
  CheckedSize (*n_parameters)(const LayerSpec& layer, std::size_t inputs) = nullptr;
  /// Adds the layer's steps and returns its value: through its unit if the steps could fuse it (the value's unit then
  /// says so), else before it. Null: the layer is what it reads.
  LowerLayer<float> lower_f32 = nullptr;
  LowerLayer<double> lower_f64 = nullptr;
  bool reads_any_stride = false;  ///< a network's input can be read where it lies
};

/// Written by the build from the files of this folder.
[[nodiscard]] std::span<const LayerRow* const> layers();

/// Names that a layer's `unit` may have: of the table of units, and of layers that are units.
[[nodiscard]] std::vector<std::string> layer_unit_names();

/// What a layer of this type and unit can be told; of a type or unit that is not known nothing.
[[nodiscard]] std::vector<LayerOption> layer_options(std::string_view type, std::string_view unit);

/// The layer's own value of the option, or the usual one.
[[nodiscard]] double option_of(const LayerSpec& layer, const LayerOption& option);

/// The parameter of an element-wise unit in this layer: what the layer says, or the unit's usual one.
[[nodiscard]] double unit_parameter(const LayerSpec& layer, const UnitRow& unit);

/// The option by which a layer sets its unit's parameter; empty for units without one.
[[nodiscard]] std::optional<LayerOption> unit_option(const UnitRow& unit);

/// For the bias that most layers with weights may leave out.
inline constexpr LayerOption kBiasOption{
    .name = "bias", .summary = "whether there is a bias", .usual = 1, .low = 0, .high = 1, .whole = true};

}  // namespace ffwd
