// A product of libxsmm for one shape: whole, or cut into blocks that fit the caches, whichever is faster in a trial.
// Its kernels do not block by themselves, and without it lose half of their speed on wide layers.
#pragma once

#include <libxsmm.h>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <vector>

#include "lanes.h"
#include "repetitions.h"
#include "workloads.h"

namespace bench {

/// C[m, n] = A[m, k] · B[k, n], row-major; with `transposed`, A is stored as [k, m].
struct XsmmShape {
  std::size_t m = 0, n = 0, k = 0;
  bool transposed = false;
};

class XsmmProduct {
 public:
  XsmmProduct() = default;
  /// With blocks of at most these rows, columns and depth.
  XsmmProduct(const XsmmShape& s, const XsmmShape& block) {
    for (std::size_t i = 0; i < s.m; i += block.m)
      for (std::size_t j = 0; j < s.n; j += block.n)
        for (std::size_t l = 0; l < s.k; l += block.k)
          pieces_.push_back(
              {kernel(s, std::min(block.m, s.m - i), std::min(block.n, s.n - j), std::min(block.k, s.k - l), l > 0),
               s.transposed ? l * s.m + i : i * s.k + l, l * s.n + j, i * s.n + j});
  }

  /// The fastest of a few.
  static XsmmProduct best(const XsmmShape& s) {
    constexpr std::size_t kAll = std::numeric_limits<std::size_t>::max() / 2;
    constexpr XsmmShape kBlocks[] = {{kAll, kAll, kAll}, {kAll, 64, 256}, {kAll, 32, 512},
                                     {kAll, 128, 128},   {64, 64, 256},   {128, 256, 128}};
    float *const a = aligned_zeros(s.m * s.k), *const b = aligned_zeros(s.k * s.n), *const c = aligned_zeros(s.m * s.n);
    XsmmProduct best;
    double least = std::numeric_limits<double>::max();
    for (const XsmmShape& block : kBlocks) {
      const XsmmProduct candidate(s, block);
      const double seconds = candidate.trial(a, b, c);
      if (seconds >= least) continue;
      least = seconds;
      best = candidate;
    }
    for (float* const p : {a, b, c}) std::free(p);
    return best;
  }

  void operator()(const float* a, const float* b, float* c) const {
    for (const Piece& piece : pieces_) piece.kernel(b + piece.b, a + piece.a, c + piece.c);
  }

 private:
  struct Piece {
    libxsmm_smmfunction kernel;
    std::size_t a, b, c;  // where its operands begin
  };

  // It counts by columns: C' = B' A'.
  static libxsmm_smmfunction kernel(const XsmmShape& s, std::size_t m, std::size_t n, std::size_t k, bool adds) {
    const int lda = static_cast<int>(s.n), ldb = static_cast<int>(s.transposed ? s.m : s.k), ldc = lda;
    const int flags = s.transposed ? LIBXSMM_GEMM_FLAG_TRANS_B : 0, no_prefetch = LIBXSMM_GEMM_PREFETCH_NONE;
    const float one = 1, beta = adds ? 1 : 0;
    const auto found = libxsmm_smmdispatch(static_cast<int>(n), static_cast<int>(m), static_cast<int>(k), &lda, &ldb,
                                           &ldc, &one, &beta, &flags, &no_prefetch);
    if (found == nullptr) refuse("libxsmm has no kernel for these sizes");
    return found;
  }

  /// The fewest seconds of a run.
  double trial(const float* a, const float* b, float* c) const {
    double least = std::numeric_limits<double>::max();
    for (int k = 0; k < 5; ++k) {
      int runs = 0;
      const double began = now();
      do (*this)(a, b, c);
      while (++runs < 1000 && now() - began < 1e-3);
      least = std::min(least, (now() - began) / runs);
    }
    return least;
  }

  std::vector<Piece> pieces_;
};

}  // namespace bench
