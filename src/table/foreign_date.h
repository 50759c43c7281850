// Texts that a person would take for a date, though ffwd reads only YYYY-MM-DD: for a warning, never for a value.
#pragma once

#include <string_view>

namespace ffwd {

/// Whether `text` looks like a date or timestamp in any common form: "03/04/2021", "3.4.2021", "2021/4/3",
/// "12-Mar-21", "March 12, 2021", "2023-02-29" (not in the calendar); a time may follow.
[[nodiscard]] bool looks_like_date(std::string_view text);

}  // namespace ffwd
