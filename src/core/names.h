// Names a user can write: finding the nearest known one, and saying so.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ffwd {

/// The candidate with the smallest edit distance to `name` (letter case ignored), or "" if none is close:
/// at most a third of the letters of `name`, and at least one, may differ.
[[nodiscard]] std::string nearest_name(std::string_view name, std::span<const std::string> candidates);

/// "unknown unit 'rellu'; did you mean 'relu'?"
[[nodiscard]] std::string unknown_name(std::string_view family, std::string_view name,
                                       std::span<const std::string> known);

/// "a, b or c"; `last` is the word before the last one. Lists longer than `most` end in "… (12 more)".
[[nodiscard]] std::string join_names(std::span<const std::string> names, std::string_view last = "or",
                                     std::size_t most = 20);

/// "'a', 'b' and 'c'", each shortened.
[[nodiscard]] std::string quoted_names(std::span<const std::string> names);

/// At most `most` bytes of `text`, cut at a whole UTF-8 character, "…" added when cut; control characters as '?'.
[[nodiscard]] std::string shorten(std::string_view text, std::size_t most = 40);

}  // namespace ffwd
