// The line that says which files a verb has written.
#pragma once

#include <span>
#include <string>

#include "cli/console.h"

namespace ffwd {

/// "Wrote  price.ffwd (31 kB) and curves.svg (4 kB), 174 ms in all"
void print_wrote(const Console& console, std::span<const std::string> paths, double seconds);

}  // namespace ffwd
