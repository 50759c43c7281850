// One spelling for all cells that are the same number or boolean: where a column is used as categories or classes, the
// text decides, and files write 1, 1.0 and 1e0, or True and true.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ffwd {

/// The shortest decimal text that reads back to the same value; whole numbers within 64 bits in full: "0.1", "100000",
/// "1e+300". Both zeros are "0".
[[nodiscard]] std::string number_spelling(double value);

/// What to call a cell that is a number with a point or none; nothing for any other, and none for codes such
/// as 007 and integers beyond 64 bits.
[[nodiscard]] std::optional<std::string> spelled_as_number(std::string_view cell);

/// "true" or "false" for a cell that is one of them in any letter case; nothing for any other.
[[nodiscard]] std::optional<std::string> spelled_as_boolean(std::string_view cell);

/// One of the two above.
using Respelling = std::optional<std::string> (*)(std::string_view cell);

}  // namespace ffwd
