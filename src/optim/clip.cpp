#include "optim/clip.h"

#include <cmath>

#include "kernels/kernels.h"

namespace ffwd {

template <class T>
void clip_norm(std::size_t n, double c, T* g) {
  constexpr double kLeastNorm = 1e-6;  // a gradient of zeros stays one
  const double factor = c / (std::sqrt(kernels<T>().sum_of_squares(n, g)) + kLeastNorm);
  if (factor < 1) kernels<T>().scale(n, static_cast<T>(factor), g);
}

template void clip_norm(std::size_t, double, float*);
template void clip_norm(std::size_t, double, double*);

}  // namespace ffwd
