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

/// Whether there is a file, and its first bytes are those of a model: the length of a safetensors header, below 4 GiB,
/// and its '{'. Pipes are not looked into: that would take their first bytes away from the reader.
[[nodiscard]] bool holds_model(const std::string& path);

/// Refuses to write a model over a file that holds something else, or to standard output.
/// @throws Error(kUsage)
void check_model_path(const std::string& option, const std::string& path);

/// Refuses a name for a picture that does not end in ".svg", and one that cannot be written.
/// @throws Error(kUsage), Error(kOutput)
void check_picture_path(const std::string& option, const std::string& path);

/// Refuses endings that promise another kind of file than predictions are written as.
/// @throws Error(kUsage)
void check_prediction_ending(const std::string& option, const std::string& path);

}  // namespace ffwd
