#include "ffwd/version.h"
#include "kernels/kernels.h"

namespace ffwd {

std::string_view target() { return kernels<float>().target; }

}  // namespace ffwd
