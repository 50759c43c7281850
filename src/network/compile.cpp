#include "network/compile.h"

#include <type_traits>

#include "core/rows.h"
#include "network/layer.h"

namespace ffwd {

template <class T>
Plan<T> compile(const NetworkSpec& spec, std::size_t capacity) {
  PlanBuilder<T> builder(capacity);
  Value value = builder.add_input(spec.inputs[0].size);
  for (const LayerSpec& layer : spec.layers) {
    const LayerRow& row = *find_row(layers(), layer.type);
    const bool feeds_loss = &layer == &spec.layers.back();
    if constexpr (std::is_same_v<T, float>) {
      value = row.lower_f32(builder, layer, value, feeds_loss);
    } else {
      value = row.lower_f64(builder, layer, value, feeds_loss);
    }
  }
  return builder.finish(value);
}

template Plan<float> compile(const NetworkSpec&, std::size_t);
template Plan<double> compile(const NetworkSpec&, std::size_t);

}  // namespace ffwd
