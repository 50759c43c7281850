// ValueRange: where a column's training values lay, and from where on a number is too far from them to be taken at its
// word. A network's answer for a stone of 58.9 mm, typed for one of 5.89 mm, would be as far out as the number.
#pragma once

#include <algorithm>
#include <span>

#include "pipeline/scale.h"

namespace ffwd {

struct ValueRange {
  /// Nothing is far that lies within this many standard deviations of a training value: a curve may be followed for a
  /// while beyond its last point.
  static constexpr double kFarSds = 3.0;

  double low = 0.0, high = 0.0;    ///< of the training values
  double least = 0.0, most = 0.0;  ///< far is what is below or above
  bool bounded = true;             ///< far numbers are taken for the nearer of `least` and `most`

  /// Of finite values, at least one, of which `scale` is the measure().
  static ValueRange of(std::span<const double> values, const Scale& scale, bool bounded);

  [[nodiscard]] bool is_far(double x) const { return x < least || x > most; }
  [[nodiscard]] double bound(double x) const { return bounded ? std::clamp(x, least, most) : x; }
};

}  // namespace ffwd
