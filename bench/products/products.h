// Products of matrices by other libraries, beside which bench/kernels.cpp shows ffwd's.
#pragma once

#include <functional>
#include <span>

namespace bench {

/// C[m, n] = A[m, k] · B[k, n], row-major without gaps. A transposed one is stored as [k, m] or [n, k].
struct ProductShape {
  bool a_transposed = false, b_transposed = false;
  int m = 0, n = 0, k = 0;
};

using ProductRun = std::function<void(const float* a, const float* b, float* c)>;

struct Library {
  const char* name;
  /// On one thread. What the library prepares once for a shape is not in the time of a run. Empty if it has none.
  ProductRun (*make)(const ProductShape&);
};

/// Written by the build, of the libraries that it found.
[[nodiscard]] std::span<const Library> libraries();

}  // namespace bench
