// Numbers as they are printed in pictures: for people, so rounded, and with typographic powers of ten.
#pragma once

#include <string>

namespace ffwd {

/// With as many digits as tell a number from one that is `step` > 0 further: "0.25", "12,000", "2.5×10⁻⁶".
[[nodiscard]] std::string number_label(double value, double step);

/// The same with a power of ten in any case: "2×10³", "10⁻⁶". `value` > 0 is a digit times a power of ten.
[[nodiscard]] std::string power_label(double value);

/// With four significant digits: "0.2134", "12,346", "1.09×10⁷".
[[nodiscard]] std::string rounded_label(double value);

}  // namespace ffwd
