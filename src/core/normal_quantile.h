// The quantile function of the standard normal distribution, without libm: features and intervals are made of it, and
// the logarithms of C libraries differ in the last bit.
#pragma once

namespace ffwd {

/// x with P(N(0, 1) <= x) = p, for 0 < p < 1; relative error below 2e-15.
/// Wichura (1988), algorithm AS 241 (PPND16), Applied Statistics 37, 477–484.
[[nodiscard]] double normal_quantile(double p);

/// Its derivative dx/dp, that of the same rational functions.
[[nodiscard]] double normal_quantile_slope(double p);

}  // namespace ffwd
