// Parquet and Arrow files, by way of the plugin.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "ffwd/table.h"

namespace ffwd {

enum class ArrowFileKind : std::uint8_t { kParquet, kArrow, kArrowStream };

/// What a file is by its first bytes; nothing if it is none of these.
[[nodiscard]] std::optional<ArrowFileKind> arrow_kind_of_bytes(std::string_view bytes);

/// What a file is to be by the ending of its name: .parquet, .arrow and .feather, .arrows (a stream); nothing for any
/// other.
[[nodiscard]] std::optional<ArrowFileKind> arrow_kind_of_name(std::string_view path);

/// The table in such bytes; `source` names them in messages. Rules: docs/parquet.md.
/// @throws Error(kData) the plugin is not there, the file is damaged, or a cell cannot be read.
[[nodiscard]] Table read_arrow_file(ArrowFileKind kind, std::string_view bytes, const std::string& source,
                                    const ReadOptions& options);

/// Refuses early what would fail late. @throws Error(kOutput) the plugin is not there.
void check_arrow_plugin(const std::string& path);

/// Hands the bytes of a file that holds `table` to `write`; `path` names it in messages. Equal tables give equal bytes.
/// @throws Error(kOutput)
void write_arrow_file(ArrowFileKind kind, const Table& table, const std::string& path,
                      const std::function<void(std::string_view)>& write);

}  // namespace ffwd
