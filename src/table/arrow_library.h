// Finding and loading the plugin for Parquet and Arrow files.
#pragma once

#include <string>

#include "ffwd/error.h"
#include "table/arrow_plugin/arrow_plugin.h"

namespace ffwd {

/// The plugin, loaded at the first call and kept: libffwd_arrow.so beside the program or the library that ffwd is in,
/// in the library folder next to that one, or in the one it was configured for.
/// @throws Error(`kind`) naming `path`, the file that needs it: it is not there, or cannot be loaded.
[[nodiscard]] const FfwdArrowPlugin& arrow_plugin(const std::string& path, ErrorKind kind);

}  // namespace ffwd
