// dense: y = phi(x·Wᵀ + b), every output sees every input.
#include "network/layer.h"
#include "plan/dense_step.h"

namespace ffwd {
namespace {

template <class T>
Value lower(PlanBuilder<T>& builder, const LayerSpec& layer, const Value& source, bool feeds_loss) {
  const Value target = builder.add_value(layer.size, *find_unit(layer.unit), feeds_loss);
  add_dense_step(builder, layer.name, source, target);
  return target;
}

}  // namespace

extern constinit const LayerRow dense_row{
    .name = "dense",
    .summary = "y = unit(x Wᵀ + b)",
    .n_parameters = [](const LayerSpec& layer,
                       std::size_t inputs) { return CheckedSize(layer.size) * inputs + layer.size; },
    .lower_f32 = lower<float>,
    .lower_f64 = lower<double>,
};

}  // namespace ffwd
