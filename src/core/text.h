// Numbers and lists as text, in the one way ffwd writes them.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace ffwd {

/// The shortest decimal text that reads back to the same bits ("0.1", "1e-30", "-0").
[[nodiscard]] std::string shortest(double value);
[[nodiscard]] std::string shortest(float value);

/// "20,640"
[[nodiscard]] std::string with_thousands(unsigned long long value);

/// "a,b,c": the texts one after the other, `separator` between them.
[[nodiscard]] std::string joined(std::span<const std::string> texts, std::string_view separator);

}  // namespace ffwd
