// A vector register of floats for the yardsticks: 16 lanes with AVX-512, else 8 with AVX2. Arithmetic is written with
// the operators that g++ and clang have for such types.
#pragma once

#include <immintrin.h>

#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace bench {

#ifdef __AVX512F__
inline constexpr int kLanes = 16;
inline constexpr const char* kWidth = "avx512";
using Lanes = __m512;
inline Lanes load(const float* p) { return _mm512_load_ps(p); }
inline void store(float* p, Lanes v) { _mm512_store_ps(p, v); }
inline Lanes all(float x) { return _mm512_set1_ps(x); }
inline Lanes multiply_add(Lanes a, Lanes b, Lanes c) { return _mm512_fmadd_ps(a, b, c); }
inline Lanes subtract_product(Lanes c, Lanes a, Lanes b) { return _mm512_fnmadd_ps(a, b, c); }
inline Lanes smaller(Lanes a, Lanes b) { return _mm512_min_ps(a, b); }
inline Lanes larger(Lanes a, Lanes b) { return _mm512_max_ps(a, b); }
inline Lanes rough_reciprocal_root(Lanes x) { return _mm512_rsqrt14_ps(x); }
inline float sum_of(Lanes v) { return _mm512_reduce_add_ps(v); }
#else
inline constexpr int kLanes = 8;
inline constexpr const char* kWidth = "avx2";
using Lanes = __m256;
inline Lanes load(const float* p) { return _mm256_load_ps(p); }
inline void store(float* p, Lanes v) { _mm256_store_ps(p, v); }
inline Lanes all(float x) { return _mm256_set1_ps(x); }
inline Lanes multiply_add(Lanes a, Lanes b, Lanes c) { return _mm256_fmadd_ps(a, b, c); }
inline Lanes subtract_product(Lanes c, Lanes a, Lanes b) { return _mm256_fnmadd_ps(a, b, c); }
inline Lanes smaller(Lanes a, Lanes b) { return _mm256_min_ps(a, b); }
inline Lanes larger(Lanes a, Lanes b) { return _mm256_max_ps(a, b); }
inline Lanes rough_reciprocal_root(Lanes x) { return _mm256_rsqrt_ps(x); }
inline float sum_of(Lanes v) {
  const __m128 half = _mm_add_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1));
  const __m128 quarter = _mm_add_ps(half, _mm_movehl_ps(half, half));
  return _mm_cvtss_f32(_mm_add_ss(quarter, _mm_movehdup_ps(quarter)));
}
#endif

/// One step of Newton's method after the rough one.
inline Lanes reciprocal_root(Lanes x) {
  const Lanes r = rough_reciprocal_root(x);
  return r * subtract_product(all(1.5f), all(0.5f) * x * r, r);
}

/// As many zeros, and as many more as fill the last register; from the start of a cache line. Never freed.
inline float* aligned_zeros(std::size_t count) {
  const std::size_t bytes = (count * sizeof(float) + 63) / 64 * 64 + 64;
  auto* const p = static_cast<float*>(std::aligned_alloc(64, bytes));
  std::memset(p, 0, bytes);
  return p;
}

/// Late moments of Adam become denormal, and arithmetic on them is many times slower.
inline void flush_denormals() { _mm_setcsr(_mm_getcsr() | 0x8040); }

/// Ends the program where the machine lacks the instructions it was compiled for.
inline void require_lanes() {
#ifdef __AVX512F__
  const bool there = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
                     __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw");
#else
  const bool there = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#endif
  if (there) return;
  std::printf("{\"skipped\": \"this machine has no %s\"}\n", kWidth);
  std::exit(0);
}

}  // namespace bench
