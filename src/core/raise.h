// The one function of the library that throws an Error.
#pragma once

#include "ffwd/error.h"

namespace ffwd {

[[noreturn]] void raise(Fault fault);

}  // namespace ffwd
