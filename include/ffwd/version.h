// What this build is.
#pragma once

#include <string_view>

namespace ffwd {

/// "0.1.0"
[[nodiscard]] std::string_view version();
/// The vector instructions in use: "avx512", "avx2", "sse4", …
[[nodiscard]] std::string_view target();
/// Compiler and build type, as "gcc 12.2.0 release".
[[nodiscard]] std::string_view build();

/// Forces a vector width by name for the rest of the process, "" for the best one again; false if the machine or the
/// build lacks it. For tests, before anything is trained or predicted.
bool force_target(std::string_view name);

}  // namespace ffwd
