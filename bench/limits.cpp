// What one core can do: its clock, the most multiply-adds of float32 in a second, how fast it reads from each cache,
// and what an Adam update costs, exact and with approximate reciprocal roots. A line of JSON each:
// {"limit": …, "unit": …, "best": …, "median": …}; best is the most, of times the least.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "lanes.h"
#include "repetitions.h"

namespace bench {
namespace {

volatile float sink;

// Keeps the compiler from seeing through sums that stay in registers.
template <int kCount>
void hide(Lanes (&v)[kCount]) {
#pragma GCC unroll 12
  for (int i = 0; i < kCount; ++i) asm volatile("" : "+v"(v[i]));
}

// Twelve sums hide the latency of two units.
double multiply_adds() {
  constexpr int kSums = 12, kRounds = 1'000'000;
  Lanes sum[kSums];
  for (int i = 0; i < kSums; ++i) sum[i] = all(0.1f * static_cast<float>(i));
  const Lanes x = all(0.999f), y = all(0.001f);
  const double began = now();
  for (int round = 0; round < kRounds; ++round) {
#pragma GCC unroll 12
    for (int i = 0; i < kSums; ++i) sum[i] = multiply_add(sum[i], x, y);
#pragma GCC unroll 12
    for (int i = 0; i < kSums; ++i) sum[i] = multiply_add(sum[i], x, y);
    hide(sum);
  }
  const double seconds = now() - began;
  for (const Lanes& s : sum) sink = sum_of(s);
  return 2.0 * kSums * 2 * kLanes * kRounds / seconds * 1e-9;
}

// A chain of additions, one a cycle.
double clock_ghz() {
  constexpr int kRounds = 10'000'000;
  unsigned long n = 1;
  const double began = now();
  for (int i = 0; i < kRounds; ++i)
    asm volatile("add $1,%0\n\tadd $1,%0\n\tadd $1,%0\n\tadd $1,%0\n\tadd $1,%0\n\tadd $1,%0\n\tadd $1,%0\n\tadd $1,%0"
                 : "+r"(n));
  return 8.0 * kRounds / (now() - began) * 1e-9;
}

double read_rate(const float* p, std::size_t n) {
  constexpr int kSums = 8;
  const std::size_t rounds = std::max<std::size_t>(1, (std::size_t{1} << 27) / n);
  Lanes sum[kSums] = {};
  const double began = now();
  for (std::size_t r = 0; r < rounds; ++r) {
    for (std::size_t i = 0; i + kSums * kLanes <= n; i += kSums * kLanes)
#pragma GCC unroll 8
      for (int k = 0; k < kSums; ++k) sum[k] = larger(sum[k], load(p + i + static_cast<std::size_t>(k * kLanes)));
    hide(sum);
  }
  const double seconds = now() - began;
  for (const Lanes& s : sum) sink = sum_of(s);
  return static_cast<double>(n * rounds) * sizeof(float) / seconds * 1e-9;
}

struct Adam {
  explicit Adam(std::size_t count)
      : n(count), w(aligned_zeros(n)), g(aligned_zeros(n)), m(aligned_zeros(n)), v(aligned_zeros(n)) {
    std::fill_n(w, n, 0.1f);
    std::fill_n(g, n, 0.1f);
    std::fill_n(m, n, 0.01f);
    std::fill_n(v, n, 0.01f);
  }
  std::size_t n;
  float *w, *g, *m, *v;
};

inline Lanes root(Lanes v) {
#ifdef __AVX512F__
  return _mm512_sqrt_ps(v);
#else
  return _mm256_sqrt_ps(v);
#endif
}

template <bool kExact>
void update(const Adam& a) {
  const Lanes rest1 = all(0.1f), rest2 = all(0.001f), rate = all(1e-9f), tiny = all(1e-8f), tiny_square = all(1e-16f);
  const std::size_t n = a.n;
  float *const wp = a.w, *const gp = a.g, *const mp = a.m, *const vp = a.v;
  for (std::size_t i = 0; i < n; i += kLanes) {
    const Lanes g = load(gp + i);
    Lanes m = load(mp + i), v = load(vp + i);
    m = multiply_add(rest1, g - m, m);
    v = multiply_add(rest2, multiply_add(g, g, -v), v);
    store(mp + i, m);
    store(vp + i, v);
    const Lanes step = kExact ? rate * m / (root(v) + tiny) : rate * m * reciprocal_root(v + tiny_square);
    store(wp + i, load(wp + i) - step);
  }
}

double adam_nanoseconds(const Adam& a, bool exact) {
  const std::size_t rounds = std::max<std::size_t>(3, 10'000'000 / (a.n + 50));
  const double began = now();
  for (std::size_t r = 0; r < rounds; ++r) exact ? update<true>(a) : update<false>(a);
  return (now() - began) / static_cast<double>(rounds * a.n) * 1e9;
}

template <class Measure>
void report(const std::string& limit, const char* unit, bool most, Measure measure, std::size_t runs = 7) {
  std::vector<double> values(runs);
  for (double& value : values) value = measure();
  std::sort(values.begin(), values.end());
  std::printf("{\"limit\": \"%s\", \"width\": \"%s\", \"unit\": \"%s\", \"best\": %.4g, \"median\": %.4g}\n",
              limit.c_str(), kWidth, unit, most ? values.back() : values.front(), values[runs / 2]);
  std::fflush(stdout);
}

void run() {
  report("clock", "GHz", true, clock_ghz);
  // Many short runs: neighbours on a shared machine slow them by half at times, and a long one would never be spared.
  report("multiply-adds", "GFLOP/s", true, multiply_adds, 201);
  for (const std::size_t kib : {16u, 256u, 8192u, 262144u}) {
    const std::size_t n = kib * 1024 / sizeof(float);
    float* const p = aligned_zeros(n);
    std::fill_n(p, n, 1.0f);
    report("reading " + std::to_string(kib) + " KiB", "GB/s", true, [&] { return read_rate(p, n); });
    std::free(p);
  }
  for (const std::size_t n : {4816u, 14432u, 45616u, 235152u, 1863696u}) {  // the parameters of W3 to W7
    const Adam adam(n);
    const std::string of = std::to_string(n) + " parameters";
    report("Adam, " + of, "ns a parameter", false, [&] { return adam_nanoseconds(adam, true); });
    report("rough Adam, " + of, "ns a parameter", false, [&] { return adam_nanoseconds(adam, false); });
  }
}

}  // namespace
}  // namespace bench

int main() {
  bench::require_lanes();
  bench::flush_denormals();
  bench::run();
}
