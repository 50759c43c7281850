#include <libxsmm.h>

#include <cstddef>
#include <memory>
#include <vector>

#include "products.h"

namespace bench {

// It counts by columns: C' = B' A'. Of transposed operands it compiles the left one's kernel only; the other is copied
// to its transpose in every run.
ProductRun make_libxsmm(const ProductShape& s) {
  libxsmm_init();
  const int lda = s.n, ldb = s.a_transposed ? s.m : s.k, ldc = s.n, no_prefetch = LIBXSMM_GEMM_PREFETCH_NONE;
  const int flags = s.a_transposed ? LIBXSMM_GEMM_FLAG_TRANS_B : 0;
  const float one = 1, zero = 0;
  const auto kernel = libxsmm_smmdispatch(s.n, s.m, s.k, &lda, &ldb, &ldc, &one, &zero, &flags, &no_prefetch);
  if (kernel == nullptr) return {};
  if (!s.b_transposed) return [kernel](const float* a, const float* b, float* c) { kernel(b, a, c); };
  const auto copy = std::make_shared<std::vector<float>>(static_cast<std::size_t>(s.k) * static_cast<std::size_t>(s.n));
  return [kernel, s, copy](const float* a, const float* b, float* c) {
    libxsmm_otrans(copy->data(), b, sizeof(float), s.k, s.n, s.k, s.n);
    kernel(copy->data(), a, c);
  };
}

}  // namespace bench
