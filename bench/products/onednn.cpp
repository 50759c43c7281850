#include <dnnl.h>

#include "products.h"

namespace bench {

// On as many threads as OpenMP gives it: one where the process is pinned to one core.
ProductRun make_onednn(const ProductShape& s) {
  return [s](const float* a, const float* b, float* c) {
    dnnl_sgemm(s.a_transposed ? 'T' : 'N', s.b_transposed ? 'T' : 'N', s.m, s.n, s.k, 1.0f, a,
               s.a_transposed ? s.m : s.k, b, s.b_transposed ? s.k : s.n, 0.0f, c, s.n);
  };
}

}  // namespace bench
