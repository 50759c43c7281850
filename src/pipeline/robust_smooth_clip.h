// RobustSmoothClip: robust scaling, then a smooth clip to (−3, 3). What is far out keeps its order and does no harm.
//
// Source: Holzmüller, Grinsztajn & Steinwart (2024), "Better by default: strong pre-tuned MLPs and boosted trees on
// tabular data".
#pragma once

#include <span>
#include <string>

#include "pipeline/numeric_step.h"
#include "pipeline/robust.h"

namespace ffwd {

/// x / sqrt(1 + (x/3)²): odd, slope 1 at 0, within ±3, also where x² is beyond float64.
[[nodiscard]] double smooth_clip(double x);
/// Its derivative, (1 + (x/3)²)^(−3/2).
[[nodiscard]] double smooth_clip_slope(double x);

class RobustSmoothClip final : public SingleFeature<RobustSmoothClip> {
 public:
  /// `factor`: finite, at least 0.
  RobustSmoothClip(double median, double factor) : median_(median), factor_(factor) {}
  /// The factor is 1 / (upper − lower quartile); where they are equal 2 / (largest − smallest value); where these are
  /// too, 0. Sorts `values`; none: median and factor 0.
  static RobustSmoothClip fit(std::span<double> values);

  [[nodiscard]] double median() const { return median_; }
  [[nodiscard]] double factor() const { return factor_; }
  /// smooth_clip((x − median) · factor)
  [[nodiscard]] double transform(double x) const { return smooth_clip(scaled(x)); }
  [[nodiscard]] double slope(double x) const { return factor_ * smooth_clip_slope(scaled(x)); }

  [[nodiscard]] const NumericStepRow& row() const override;
  void write(Json& json, NamedArrays& arrays, const std::string& column) const override;

 private:
  // In halves, as Robust does. A finite difference by a finite factor may be infinite; smooth_clip knows its limit.
  [[nodiscard]] double scaled(double x) const { return (x * 0.5 - median_ * 0.5) * factor_ * 2.0; }

  double median_, factor_;
};

}  // namespace ffwd
