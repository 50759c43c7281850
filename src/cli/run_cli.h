// The program, as a function.
#pragma once

#include <span>
#include <string>

#include "cli/console.h"

namespace ffwd {

/// Runs `ffwd ARGS` and returns the exit code. Throws nothing: every failure becomes one message on `console.err`.
[[nodiscard]] int run_cli(std::span<const std::string> args, Console& console);

}  // namespace ffwd
