#include "network/initialise.h"

#include <algorithm>
#include <cmath>

#include "core/philox.h"

namespace ffwd {

namespace {

double variance_of(InitRule rule, double fan_in, double fan_out) {
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

}  // namespace

double initial_bound(InitRule rule, std::size_t outputs, std::size_t inputs) {
  return std::sqrt(3.0 * variance_of(rule, static_cast<double>(inputs), static_cast<double>(outputs)));
}

template <class T>
void initialise(const ParameterLayout& layout, std::uint64_t seed, T* parameters) {
  std::fill_n(parameters, layout.size(), T{0});
  const Philox random(seed, Purpose::kInitialWeights);
  std::uint32_t tensor = 0;
  for (const ParameterRange& range : layout.ranges()) {
    if (range.shape.size() == 2) {
      const double bound = initial_bound(range.init, range.shape[0], range.shape[1]);
      for (std::size_t i = 0; i < range.n_values(); ++i) {
        parameters[range.position(i)] = static_cast<T>(bound * (2.0 * random.uniform(tensor, i) - 1.0));
      }
    }
    ++tensor;
  }
}

template void initialise(const ParameterLayout&, std::uint64_t, float*);
template void initialise(const ParameterLayout&, std::uint64_t, double*);

}  // namespace ffwd
