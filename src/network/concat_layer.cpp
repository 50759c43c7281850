// concat: the sources side by side, in the order in which they are named.
#include "network/layer.h"

namespace ffwd {

extern constinit const LayerRow concat_row{
    .name = "concat",
    .summary = "y = unit(the sources side by side)",
    .size = LayerSize::kSum,
};

}  // namespace ffwd
