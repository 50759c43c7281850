// cos(πx) without libm: library cosines differ from machine to machine in the last bit, and rates reach the weights.
#pragma once

namespace ffwd {

/// cos(πx) for |x| <= 1, within 2e-16.
[[nodiscard]] double cos_pi(double x);

/// sin(πx) for |x| <= 1, within 2e-16.
[[nodiscard]] double sin_pi(double x);

}  // namespace ffwd
