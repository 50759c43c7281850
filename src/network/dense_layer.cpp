// dense: y = phi(x·Wᵀ + b), every output sees every input.
#include "network/layer.h"
#include "plan/dense_step.h"

namespace ffwd {
namespace {

template <class T>
Value lower(PlanBuilder<T>& builder, const LayerSpec& layer, std::span<const Reading> sources, bool feeds_loss) {
  const UnitRow* const unit = find_unit(layer.unit);
  const bool fuses = unit != nullptr && builder.use() == PlanUse::kTraining;
  Value target = fuses ? builder.add_value(layer.size, *unit, feeds_loss)
                       : builder.add_plain_value(layer.size, feeds_loss && layer.unit == "identity");
  if (fuses) target.unit_parameter = unit_parameter(layer, *unit);
  const InitRule init = unit != nullptr ? unit->init : InitRule::kHe;
  const DenseWeights weights = add_dense_weights(builder, layer.name, layer.size, sources[0].value.units, init,
                                                 option_of(layer, kBiasOption) != 0);
  add_dense_step(builder, weights, sources[0], target);
  return target;
}

}  // namespace

extern constinit const LayerRow dense_row{
    .name = "dense",
    .summary = "y = unit(x Wᵀ + b)",
    .size = LayerSize::kFree,
    .options = {&kBiasOption, 1},
    .n_parameters =
        [](const LayerSpec& layer, std::size_t inputs) {
          return CheckedSize(layer.size) * inputs + (option_of(layer, kBiasOption) != 0 ? layer.size : 0);
        },
    .lower_f32 = lower<float>,
    .lower_f64 = lower<double>,
    .reads_any_stride = true,
};

}  // namespace ffwd
