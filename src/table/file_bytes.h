// A file as bytes in memory, unpacked if its name says that it is packed.
#pragma once

#include <string>

#include "table/padded_bytes.h"

namespace ffwd {

/// Whether the name of a file says that it is packed: it ends in .gz or .zst.
[[nodiscard]] bool is_packed(const std::string& path);

/// The bytes of the file at `path`; of one whose name ends in .gz or .zst, what is packed in it.
/// @throws Error(kData) naming the file: it cannot be read, or the archive is damaged.
/// Large files are read by up to `threads` threads at once.
[[nodiscard]] PaddedBytes read_file(const std::string& path, unsigned threads = 1);

}  // namespace ffwd
