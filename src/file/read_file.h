// Reading a whole model file.
#pragma once

#include <cstdint>
#include <string>

namespace ffwd {

/// No model is anywhere near; a data file given by mistake may be over.
constexpr std::uint64_t kMaxModelBytes = std::uint64_t{4} << 30;

/// All bytes of the file, which may be a pipe.
/// @throws Error(kModel) there is none, it is a folder, has more than `max_bytes`, or cannot be read.
[[nodiscard]] std::string read_model_file(const std::string& path, std::uint64_t max_bytes = kMaxModelBytes);

}  // namespace ffwd
