// Unscaled, called "none": the number as it is, for columns that are features already.
#pragma once

#include <algorithm>
#include <cmath>
#include <string>

#include "pipeline/numeric_step.h"

namespace ffwd {

class Unscaled final : public SingleFeature<Unscaled> {
 public:
  /// Numbers end here: what lies further out would overflow the network's float32 soon.
  static constexpr double kMost = 1e30;

  [[nodiscard]] double transform(double x) const { return std::clamp(x, -kMost, kMost); }
  [[nodiscard]] double slope(double x) const { return std::abs(x) < kMost ? 1.0 : 0.0; }

  [[nodiscard]] const NumericStepRow& row() const override;
  void write(Json&, NamedArrays&, const std::string&) const override {}
};

}  // namespace ffwd
