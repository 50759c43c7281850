#include "pipeline/robust.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/text.h"
#include "pipeline/quantiles.h"

namespace ffwd {

extern constinit const NumericStepRow robust_step_row{
    .name = "robust",
    .summary = "(x − median) / (upper − lower quartile)",
    .fit = [](const Scale&, std::span<double> values) -> std::unique_ptr<NumericStep> {
      return std::make_unique<Robust>(Robust::fit(values));
    },
    .from_json = [](const SavedColumn& saved) -> std::unique_ptr<NumericStep> {
      saved.json.only({"name", "q25", "median", "q75"});
      const Quartiles quartiles{
          .q25 = saved.json.number("q25"), .median = saved.json.number("median"), .q75 = saved.json.number("q75")};
      if (!(quartiles.q25 <= quartiles.median && quartiles.median <= quartiles.q75))
        saved.json.refuse("median", "must lie between q25 and q75");
      return std::make_unique<Robust>(quartiles);
    },
};

Quartiles Quartiles::of(std::span<double> values) {
  if (values.empty()) return {};
  std::ranges::sort(values);
  return {.q25 = quantile_of(values, 0.25), .median = quantile_of(values, 0.5), .q75 = quantile_of(values, 0.75)};
}

double Quartiles::spread() const {
  const double spread = std::min(q75 - q25, std::numeric_limits<double>::max());
  return spread < kSmallestSpread ? 0.0 : spread;
}

Robust::Robust(const Quartiles& quartiles)
    : quartiles_(quartiles), scale_(quartiles.spread() > 0.0 ? quartiles.spread() : 1.0) {}

const NumericStepRow& Robust::row() const { return robust_step_row; }

double Robust::transform(double x) const {
  // In halves, which are exact: x − median may be beyond float64 where the quotient is not.
  const double z = (x * 0.5 - quartiles_.median * 0.5) / (scale_ * 0.5);
  return std::clamp(z, -kFarthest, kFarthest);
}

double Robust::slope(double x) const { return std::abs(transform(x)) < kFarthest ? 1.0 / scale_ : 0.0; }

void Robust::write(Json& json, NamedArrays&, const std::string&) const {
  json["q25"] = quartiles_.q25;
  json["median"] = quartiles_.median;
  json["q75"] = quartiles_.q75;
}

std::string Robust::caution() const {
  if (quartiles_.spread() > 0.0) return {};
  return "robust does not scale it, because the middle half of its values is one (" + shortest(quartiles_.median) +
         "); robust_smooth_clip and quantile do";
}

}  // namespace ffwd
