// UTF-8, strictly: no surrogates, no overlong forms, nothing beyond U+10FFFF.
#pragma once

#include <cstddef>
#include <string_view>

namespace ffwd {

/// Length in bytes of the longest prefix of `text` that is whole, valid UTF-8; `text.size()` if all of it is.
[[nodiscard]] std::size_t valid_utf8_prefix(std::string_view text);

}  // namespace ffwd
