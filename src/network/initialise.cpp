#include "network/initialise.h"

#include <algorithm>
#include <cmath>

#include "core/normal_quantile.h"
#include "core/philox.h"

namespace ffwd {

double initial_variance(InitRule rule, double fan_out, double fan_in) {
  switch (rule) {
    case InitRule::kHe:
      return 2.0 / fan_in;
    case InitRule::kLecun:
      return 1.0 / fan_in;
    case InitRule::kGlorot:
      break;
  }
  return 2.0 / (fan_in + fan_out);
}

namespace {

constexpr InitialWeights kInitialWeights[] = {
    {"auto"},
    {"he_uniform", InitRule::kHe},
    {"he_normal", InitRule::kHe, /*normal=*/true},
    {"glorot_uniform", InitRule::kGlorot},
    {"glorot_normal", InitRule::kGlorot, true},
    {"lecun_uniform", InitRule::kLecun},
    {"lecun_normal", InitRule::kLecun, true},
};

/// 0 where the range starts at one number.
double variance_of(const ParameterRange& range, const InitialWeights& how) {
  if (range.variance > 0) return range.variance;
  if (range.fan_in > 0) return initial_variance(how.rule.value_or(range.init), range.fan_in, range.fan_in);
  if (!range.matrix) return 0;
  const auto outputs = static_cast<double>(range.shape[range.shape.size() - 2]);
  return initial_variance(how.rule.value_or(range.init), outputs, static_cast<double>(range.shape.back()));
}

/// A number in (0, 1): the middle of one of 2^53 equal parts, so that its quantile is finite.
double inner_uniform(double uniform) { return uniform + 0x1p-54; }

}  // namespace

std::span<const InitialWeights> initial_weights() { return kInitialWeights; }

const InitialWeights* find_initial_weights(std::string_view name) {
  const auto found = std::ranges::find(kInitialWeights, name, &InitialWeights::name);
  return found == std::end(kInitialWeights) ? nullptr : &*found;
}

std::vector<std::string> initial_weights_names() {
  std::vector<std::string> names;
  for (const InitialWeights& row : kInitialWeights) names.emplace_back(row.name);
  return names;
}

template <class T>
void initialise(const ParameterLayout& layout, std::uint64_t seed, T* parameters, const InitialWeights& how) {
  std::fill_n(parameters, layout.size(), T{0});
  const Philox random(seed, Purpose::kInitialWeights);
  std::uint32_t tensor = 0;
  for (const ParameterRange& range : layout.ranges()) {
    const double variance = variance_of(range, how);
    const double sd = std::sqrt(variance), bound = std::sqrt(3.0 * variance);
    for (std::size_t i = 0; i < range.n_values(); ++i) {
      double value = range.initial;
      if (variance > 0) {
        const double uniform = random.uniform(tensor, i);
        value = how.normal ? sd * normal_quantile(inner_uniform(uniform)) : bound * (2.0 * uniform - 1.0);
      }
      parameters[range.position(i)] = static_cast<T>(value);
    }
    ++tensor;
  }
}

template void initialise(const ParameterLayout&, std::uint64_t, float*, const InitialWeights&);
template void initialise(const ParameterLayout&, std::uint64_t, double*, const InitialWeights&);

}  // namespace ffwd
