#include "network/initialise.h"

#include <algorithm>
#include <cmath>

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

double initial_bound(InitRule rule, std::size_t outputs, std::size_t inputs) {
  return std::sqrt(3.0 * initial_variance(rule, static_cast<double>(outputs), static_cast<double>(inputs)));
}

namespace {

/// 0 where the range starts at one number.
double bound_of(const ParameterRange& range) {
  if (range.variance > 0) return std::sqrt(3.0 * range.variance);
  if (!range.matrix) return 0;
  return initial_bound(range.init, range.shape[range.shape.size() - 2], range.shape.back());
}

}  // namespace

template <class T>
void initialise(const ParameterLayout& layout, std::uint64_t seed, T* parameters) {
  std::fill_n(parameters, layout.size(), T{0});
  const Philox random(seed, Purpose::kInitialWeights);
  std::uint32_t tensor = 0;
  for (const ParameterRange& range : layout.ranges()) {
    const double bound = bound_of(range);
    for (std::size_t i = 0; i < range.n_values(); ++i) {
      const double value = bound > 0 ? bound * (2.0 * random.uniform(tensor, i) - 1.0) : range.initial;
      parameters[range.position(i)] = static_cast<T>(value);
    }
    ++tensor;
  }
}

template void initialise(const ParameterLayout&, std::uint64_t, float*);
template void initialise(const ParameterLayout&, std::uint64_t, double*);

}  // namespace ffwd
