// Numbers, times and sizes as a person reads them. Files and JSON never hold these; they hold core/text.h's.
#pragma once

#include <cstddef>
#include <string>

namespace ffwd {

/// Four significant digits, or all digits of the whole part with thousands separated: "0.8132", "48,123", "1.2e-07".
/// What is not finite has no figure to show: "–".
[[nodiscard]] std::string readable(double value);
/// "3 ms", "4.21 s", "3 min 12 s", "2 h 05 min".
[[nodiscard]] std::string readable_seconds(double seconds);
/// "812 B", "23.4 kB", "1.2 MB"; powers of 1,000.
[[nodiscard]] std::string readable_bytes(std::size_t bytes);
/// "1 row", "20,640 rows".
[[nodiscard]] std::string counted(std::size_t n, const std::string& one);

}  // namespace ffwd
