#include "report/axis_scale.h"

#include <algorithm>
#include <cmath>

#include "core/text.h"
#include "report/number_label.h"

namespace ffwd {

namespace {

double power_of_ten(double exponent) { return std::pow(10.0, exponent); }

/// The smallest of 1, 2 and 5 times a power of ten that is not below `least`.
double round_step(double least) {
  const double power = power_of_ten(std::floor(std::log10(least)));
  for (const double factor : {1.0, 2.0, 5.0})
    if (factor * power >= least * (1.0 - 1e-9)) return factor * power;
  return 10.0 * power;
}

/// Room around a single value, so that it has an axis at all.
void widen_if_single(double& low, double& high) {
  const double size = std::max(std::abs(low), std::abs(high));
  if (high - low > 1e-9 * size) return;
  const double pad = size > 0.0 ? 0.5 * size : 0.5;
  low -= pad;
  high += pad;
}

}  // namespace

AxisScale::AxisScale(double low, double high, const AxisRoom& room, bool logarithmic)
    : low_(low), high_(high), first_pixel_(room.first_pixel), last_pixel_(room.last_pixel), logarithmic_(logarithmic) {}

double AxisScale::operator()(double value) const {
  const double at = logarithmic_ ? std::log10(value) : value;
  return first_pixel_ + (at - low_) / (high_ - low_) * (last_pixel_ - first_pixel_);
}

AxisScale AxisScale::linear(double low, double high, const AxisRoom& room) {
  widen_if_single(low, high);
  const double step = round_step((high - low) / static_cast<double>(room.n_ticks));
  const double first = std::floor(low / step + 1e-9);
  const double last = std::ceil(high / step - 1e-9);
  AxisScale scale(first * step, last * step, room, false);
  const auto n_steps = static_cast<std::size_t>(last - first);
  for (std::size_t k = 0; k <= n_steps; ++k) {
    const double value = (first + static_cast<double>(k)) * step;
    scale.ticks_.push_back({value, number_label(value, step)});
  }
  return scale;
}

AxisScale AxisScale::logarithmic(double low, double high, const AxisRoom& room) {
  // Candidates are 1, 2 and 5 times each power of ten, or over many decades every so many powers of ten.
  const double n_decades = std::max(1.0, std::log10(high / low));
  const double n_room = static_cast<double>(room.n_ticks);
  const bool within_decades = 3.0 * n_decades <= 1.5 * n_room;
  const double stride = std::max(1.0, std::ceil(n_decades / n_room));
  std::vector<double> candidates;
  for (double exponent = stride * std::floor(std::log10(low) / stride);; exponent += stride) {
    for (const double factor : {1.0, 2.0, 5.0})
      if (factor == 1.0 || within_decades) candidates.push_back(factor * power_of_ten(exponent));
    if (power_of_ten(exponent) >= high) break;
  }
  // Down to the last candidate not above `low`, up to the first not below `high`.
  const auto is_above = [](double bound) { return [bound](double value) { return value > bound * (1.0 + 1e-9); }; };
  const auto is_at_least = [](double bound) { return [bound](double value) { return value >= bound * (1.0 - 1e-9); }; };
  const auto first = std::ranges::find_if(candidates, is_above(low)) - 1;
  auto last = std::ranges::find_if(candidates, is_at_least(high));
  if (last == first) ++last;
  AxisScale scale(std::log10(*first), std::log10(*last), room, true);
  const bool plain = *first >= 0.9e-4 && *last < 0.9e6;  // or all are written as powers
  for (auto value = first; value <= last; ++value)
    scale.ticks_.push_back({*value, plain ? number_label(*value, *value) : power_label(*value)});
  return scale;
}

AxisScale AxisScale::counted(std::size_t low, std::size_t high, const AxisRoom& room) {
  const double first = static_cast<double>(low), last = static_cast<double>(high);
  const double spread = low == high ? 1.0 : 0.0;
  AxisScale scale(first - spread, last + spread, room, false);
  const double least = std::max(1.0, (last - first) / static_cast<double>(room.n_ticks));
  const auto step = static_cast<std::size_t>(std::llround(round_step(least)));
  // A multiple of the step close to `low` would run into its label.
  for (std::size_t k = low; k <= high; k = (k / step + 1) * step)
    if (k == low || 2 * (k - low) >= step) scale.ticks_.push_back({static_cast<double>(k), with_thousands(k)});
  return scale;
}

}  // namespace ffwd
