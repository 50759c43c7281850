#include "network/initialise.h"

#include <algorithm>
#include <cmath>

#include "core/philox.h"

namespace ffwd {

double initial_bound(InitRule rule, std::size_t outputs, std::size_t inputs) {
  const auto fan_in = static_cast<double>(inputs), fan_out = static_cast<double>(outputs);
  const double variance = rule == InitRule::kHe ? 2.0 / fan_in : 2.0 / (fan_in + fan_out);
  return std::sqrt(3.0 * variance);
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
