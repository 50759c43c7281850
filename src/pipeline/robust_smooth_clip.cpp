#include "pipeline/robust_smooth_clip.h"

#include <cmath>

namespace ffwd {

namespace {

// From here on the result rounds to ±3, and x² is far from overflow.
constexpr double kFlat = 1e10;

}  // namespace

extern constinit const NumericStepRow robust_smooth_clip_step_row{
    .name = "robust_smooth_clip",
    .summary = "robust, then z / sqrt(1 + (z/3)²), which stays within ±3",
    .fit = [](const Scale&, std::span<double> values) -> std::unique_ptr<NumericStep> {
      return std::make_unique<RobustSmoothClip>(RobustSmoothClip::fit(values));
    },
    .from_json = [](const SavedColumn& saved) -> std::unique_ptr<NumericStep> {
      saved.json.only({"name", "median", "factor"});
      const double factor = saved.json.number("factor");
      if (!(factor > 0.0)) saved.json.refuse("factor", "must be above 0");
      return std::make_unique<RobustSmoothClip>(saved.json.number("median"), factor);
    },
};

double smooth_clip(double x) {
  if (std::abs(x) > kFlat) return std::copysign(3.0, x);
  const double third = x / 3.0;
  return x / std::sqrt(1.0 + third * third);
}

double smooth_clip_slope(double x) {
  if (std::abs(x) > kFlat) return 0.0;
  const double third = x / 3.0, square = 1.0 + third * third;
  return 1.0 / (square * std::sqrt(square));
}

RobustSmoothClip RobustSmoothClip::fit(std::span<double> values) {
  if (values.empty()) return {0.0, 0.0};
  const Quartiles quartiles = Quartiles::of(values);
  if (const double spread = quartiles.spread(); spread > 0.0) return {quartiles.median, 1.0 / spread};
  const double half_range = values.back() * 0.5 - values.front() * 0.5;
  return {quartiles.median, half_range < kSmallestSpread ? 0.0 : 1.0 / half_range};
}

const NumericStepRow& RobustSmoothClip::row() const { return robust_smooth_clip_step_row; }

void RobustSmoothClip::write(Json& json, NamedArrays&, const std::string&) const {
  json["median"] = median_;
  json["factor"] = factor_;
}

}  // namespace ffwd
