// Texts that a person would take for a number, though ffwd does not: for a warning, never for a value.
#pragma once

#include <string_view>

namespace ffwd {

/// Whether `text` is a number once its signs of money, per cent, and thousands are taken off: "$5,175.50", "12 %",
/// "1'250", "EUR 3". A plain number is not.
[[nodiscard]] bool looks_like_number(std::string_view text);

}  // namespace ffwd
