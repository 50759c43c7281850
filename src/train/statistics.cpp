#include "train/statistics.h"

#include <algorithm>
#include <limits>

namespace ffwd {

template <class T>
void move_statistics(const ParameterLayout& layout, std::size_t full_rows, std::size_t step, T* parameters,
                     T* gradient) {
  for (const ParameterRange& range : layout.ranges()) {
    if (range.learned()) continue;
    const double share = std::max(range.momentum, 1 / static_cast<double>(step));
    const T scale = static_cast<T>(share / static_cast<double>(full_rows));
    const T least = range.at_least_zero ? T{0} : std::numeric_limits<T>::lowest();  // rounding could pass it
    T* const statistic = parameters + range.offset;
    T* const moves = gradient + range.offset;
    for (std::size_t i = 0; i < range.stored(); ++i) statistic[i] = std::max(statistic[i] - scale * moves[i], least);
    std::fill_n(moves, range.stored(), T{0});
  }
}

template void move_statistics(const ParameterLayout&, std::size_t, std::size_t, float*, float*);
template void move_statistics(const ParameterLayout&, std::size_t, std::size_t, double*, double*);

}  // namespace ffwd
