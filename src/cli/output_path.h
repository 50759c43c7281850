// Where results go, and where they may not go.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace ffwd {

/// "<target>.ffwd", what cannot or should not stand in a file name replaced by '_'.
[[nodiscard]] std::string default_model_path(std::string_view target);

/// Refuses to write over a file that is read in the same run. `option` is what names `path`.
/// @throws Error(kUsage)
void check_not_read(const std::string& option, const std::string& path, std::span<const std::string> read);

}  // namespace ffwd
