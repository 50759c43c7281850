// Dates and timestamps in the forms that ffwd reads (docs/csv.md).
// parse_instant is public: ffwd/table.h.
#pragma once

#include <cstdint>
#include <string_view>

namespace ffwd {

enum class InstantForm : std::uint8_t { kNone, kDate, kTimestamp };

/// kDate: YYYY-MM-DD, valid in the calendar (years 0001 to 9999). kTimestamp: that, then T or a space, HH:MM, and
/// optionally :SS, a fraction of 1 to 9 digits, and Z or a zone from -14:59 to +14:59.
[[nodiscard]] InstantForm instant_form(std::string_view text);

}  // namespace ffwd
