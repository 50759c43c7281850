#include "products.h"

// Declared here: the serial library comes without headers, and those of others may be another version's.
extern "C" {
void cblas_sgemm(int order, int transpose_a, int transpose_b, int m, int n, int k, float alpha, const float* a, int lda,
                 const float* b, int ldb, float beta, float* c, int ldc);
void openblas_set_num_threads(int threads);
}

namespace bench {

ProductRun make_openblas(const ProductShape& s) {
  constexpr int kRowMajor = 101, kAsIs = 111, kTransposed = 112;
  openblas_set_num_threads(1);
  return [s](const float* a, const float* b, float* c) {
    cblas_sgemm(kRowMajor, s.a_transposed ? kTransposed : kAsIs, s.b_transposed ? kTransposed : kAsIs, s.m, s.n, s.k,
                1.0f, a, s.a_transposed ? s.m : s.k, b, s.b_transposed ? s.k : s.n, 0.0f, c, s.n);
  };
}

}  // namespace bench
