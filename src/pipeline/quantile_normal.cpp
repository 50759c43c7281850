#include "pipeline/quantile_normal.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "core/normal_quantile.h"
#include "pipeline/quantiles.h"

namespace ffwd {

extern constinit const NumericStepRow quantile_step_row{
    .name = "quantile",
    .summary = "the share of training values below x, as a quantile of the normal distribution",
    .fit = [](const Scale&, std::span<double> values) -> std::unique_ptr<NumericStep> {
      return std::make_unique<QuantileNormal>(QuantileNormal::fit(values));
    },
    .from_json = [](const SavedColumn& saved) -> std::unique_ptr<NumericStep> {
      saved.json.only({"name", "quantiles"});
      std::vector<double> quantiles = saved.array("quantiles");
      if (quantiles.size() < 2 || !std::ranges::is_sorted(quantiles) || quantiles.front() == quantiles.back())
        saved.json.refuse("quantiles", "must hold two or more numbers that never fall, not all equal");
      return std::make_unique<QuantileNormal>(std::move(quantiles));
    },
};

// The source's margin is 1e-7 whatever the column's unit is; where all values are nearer to each other than 1, theirs.
QuantileNormal::QuantileNormal(std::vector<double> quantiles) : quantiles_(std::move(quantiles)) {
  assert(!quantiles_.empty());
  margin_ = 1e-7 * std::min(1.0, quantiles_.back() - quantiles_.front());
}

QuantileNormal QuantileNormal::fit(std::span<double> values, std::size_t n_quantiles) {
  std::ranges::sort(values);
  if (values.size() == 1) return QuantileNormal({values.front()});
  return QuantileNormal(evenly_spaced_quantiles(values, std::min(n_quantiles, values.size())));
}

QuantileNormal::Place QuantileNormal::place_of(double x) const {
  const auto [first, last] = std::ranges::equal_range(quantiles_, x);
  return {.lower = static_cast<std::size_t>(first - quantiles_.begin()),
          .upper = static_cast<std::size_t>(last - quantiles_.begin())};
}

double QuantileNormal::share_below(double x) const {
  const auto [lower, upper] = place_of(x);
  const auto steps = static_cast<double>(quantiles_.size() - 1);
  // A tie: the middle of the shares of the quantiles that are equal to x.
  if (lower < upper) return (static_cast<double>(lower) + static_cast<double>(upper - 1)) * 0.5 / steps;
  const double from = quantiles_[lower - 1], to = quantiles_[lower];
  // In halves, which are exact: a difference may be beyond float64.
  const double part = (x * 0.5 - from * 0.5) / (to * 0.5 - from * 0.5);
  return (static_cast<double>(lower - 1) + part) / steps;
}

double QuantileNormal::transform(double x) const {
  if (is_least(x)) return kLeast;
  if (is_greatest(x)) return kGreatest;
  const double share = share_below(x);
  if (!(share > 0.0)) return kLeast;  // rounded to an end, or NaN between two denormal numbers
  if (share >= 1.0) return kGreatest;
  return std::clamp(normal_quantile(share), kLeast, kGreatest);
}

double QuantileNormal::slope(double x) const {
  if (is_least(x) || is_greatest(x)) return 0.0;
  const double z = transform(x);
  if (z <= kLeast || z >= kGreatest) return 0.0;
  const auto [lower, upper] = place_of(x);
  const auto steps = static_cast<double>(quantiles_.size() - 1);
  const double share = lower < upper ? static_cast<double>(upper - 1) / steps : share_below(x);
  return normal_quantile_slope(share) / ((quantiles_[upper] - quantiles_[upper - 1]) * steps);
}

const NumericStepRow& QuantileNormal::row() const { return quantile_step_row; }

void QuantileNormal::write(Json& json, NamedArrays& arrays, const std::string& column) const {
  put_numbers(json, arrays, column, "quantiles", quantiles_);
}

}  // namespace ffwd
