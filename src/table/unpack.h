// Packed bytes back to plain ones.
#pragma once

#include <string>
#include <string_view>

#include "table/padded_bytes.h"

namespace ffwd {

/// What one or more gzip members, one after another, hold. `source` names the archive in messages.
/// @throws Error(kData): not gzip, damaged, or cut off.
[[nodiscard]] PaddedBytes unpack_gzip(std::string_view packed, const std::string& source);

/// The same for zstd frames.
[[nodiscard]] PaddedBytes unpack_zstd(std::string_view packed, const std::string& source);

}  // namespace ffwd
