// activation: y = phi(x), a unit by itself.
#include "network/layer.h"

namespace ffwd {

extern constinit const LayerRow activation_row{
    .name = "activation",
    .summary = "y = unit(x)",
    .size = LayerSize::kSum,
};

}  // namespace ffwd
