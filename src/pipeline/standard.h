// Standard: (x − mean) / standard deviation.
#pragma once

#include <algorithm>
#include <span>
#include <string>

#include "pipeline/numeric_step.h"

namespace ffwd {

class Standard final : public SingleFeature<Standard> {
 public:
  /// `scale.sd` of 0, from equal values, divides by 1.
  explicit Standard(const Scale& scale) : scale_{scale.mean, scale.sd == 0.0 ? 1.0 : scale.sd} {}
  /// Of finite values. None: mean 0, divided by 1.
  static Standard fit(std::span<const double> values) { return Standard(measure(values)); }

  [[nodiscard]] const Scale& scale() const { return scale_; }
  [[nodiscard]] double transform(double x) const { return scale_.standardise(x); }
  [[nodiscard]] double slope(double x) const;

  [[nodiscard]] const NumericStepRow& row() const override;
  void write(Json& json, NamedArrays& arrays, const std::string& column) const override;

 private:
  Scale scale_;
};

}  // namespace ffwd
