// The line that says which files a verb has written.
#pragma once

#include <span>
#include <string>

#include "cli/console.h"

namespace ffwd {

/// "Wrote  price.ffwd (31 kB) and curves.svg (4 kB), 174 ms in all"; after the first file " in place of an earlier
/// one", if it `replaced` one.
void print_wrote(const Console& console, std::span<const std::string> paths, double seconds, bool replaced = false);

}  // namespace ffwd
