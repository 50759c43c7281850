// Numbers as text, in the one way ffwd writes them.
#pragma once

#include <string>

namespace ffwd {

/// The shortest decimal text that reads back to the same bits ("0.1", "1e-30", "-0").
[[nodiscard]] std::string shortest(double value);
[[nodiscard]] std::string shortest(float value);

/// "20,640"
[[nodiscard]] std::string with_thousands(unsigned long long value);

}  // namespace ffwd
