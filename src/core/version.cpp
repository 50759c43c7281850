#include "ffwd/version.h"

namespace ffwd {

std::string_view version() { return FFWD_VERSION; }
std::string_view build() { return FFWD_BUILD; }

}  // namespace ffwd
