// The one function of the library that throws: everything else calls it, so that a build without exceptions
// has a single place to change.
#pragma once

#include "ffwd/error.h"

namespace ffwd {

[[noreturn]] void raise(Fault fault);

}  // namespace ffwd
