#include "optim/cholesky.h"

#include <algorithm>
#include <cmath>

#include "kernels/kernels.h"

namespace ffwd {

// A row of l is zero from the entry on that is computed next, so the sums may run over whole blocks.
bool cholesky(std::size_t n, std::size_t ld, const double* a, double* l) {
  const Kernels<double>& k = kernels<double>();
  std::fill_n(l, n * ld, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    double* const row = l + i * ld;
    for (std::size_t j = 0; j < i; ++j) {
      const double* const other = l + j * ld;
      row[j] = (a[i * ld + j] - k.dot(padded<double>(j), row, other)) / other[j];
    }
    const double left = a[i * ld + i] - k.sum_of_squares(padded<double>(i), row);
    if (!(left > 0) || !std::isfinite(left)) return false;
    row[i] = std::sqrt(left);
  }
  return true;
}

void solve_cholesky(std::size_t n, std::size_t ld, const double* l, double* x) {
  const Kernels<double>& k = kernels<double>();
  std::fill(x + n, x + ld, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    const double* const row = l + i * ld;
    double sum = x[i];
    for (std::size_t j = 0; j < i; ++j) sum -= row[j] * x[j];
    x[i] = sum / row[i];
  }
  for (std::size_t i = n; i-- > 0;) {
    const double* const row = l + i * ld;
    x[i] /= row[i];
    const double solved = x[i];
    k.add_scaled(padded<double>(i), -solved, row, x);
    x[i] = solved;
  }
}

}  // namespace ffwd
