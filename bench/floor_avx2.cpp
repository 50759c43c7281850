// The yardstick of floor.cpp for machines without AVX-512: the same network (8-64-64-1, ReLU, squared error, Adam,
// batches of 32, 20,000 rows, reshuffled every epoch) written out by hand with AVX2, with nothing general about it.
//
// repetitions.h says how it is run.
#include <immintrin.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "floor_epochs.h"
#include "lanes.h"
#include "repetitions.h"
#include "workloads.h"

namespace bench {
namespace {

constexpr int kBatch = 32, kInputs = 8, kHidden = 64, kVectors = kHidden / kLanes;

// Where things lie in the vector of parameters.
constexpr int kB1 = kInputs * kHidden, kW2 = kB1 + kHidden, kB2 = kW2 + kHidden * kHidden, kW3 = kB2 + kHidden,
              kB3 = kW3 + kHidden, kCount = kB3 + kLanes;

enum class Finish { kNothing, kRelu, kReluSlope };

// C[kTile x 16] = A * B[depth x 16] (+ bias): 2 * kTile sums in registers. A is read at a[r * rs + k * ds]. Then ReLU,
// or its slope where `active`, the layer's output, is positive, while the sums are still in registers.
template <int kTile, Finish kFinish>
void tile(const float* a, int rs, int ds, const float* b, int depth, const float* bias, float* c, const float* active) {
  __m256 sum[kTile][2];
#pragma GCC unroll 8
  for (int r = 0; r < kTile; ++r)
    for (int v = 0; v < 2; ++v) sum[r][v] = bias ? _mm256_load_ps(bias + kLanes * v) : _mm256_setzero_ps();
  for (int k = 0; k < depth; ++k, a += ds, b += kHidden) {
    const __m256 line0 = _mm256_load_ps(b), line1 = _mm256_load_ps(b + kLanes);
#pragma GCC unroll 8
    for (int r = 0; r < kTile; ++r) {
      const __m256 x = _mm256_set1_ps(a[r * rs]);
      sum[r][0] = _mm256_fmadd_ps(x, line0, sum[r][0]);
      sum[r][1] = _mm256_fmadd_ps(x, line1, sum[r][1]);
    }
  }
  const __m256 zero = _mm256_setzero_ps();
#pragma GCC unroll 8
  for (int r = 0; r < kTile; ++r)
    for (int v = 0; v < 2; ++v) {
      const int at = r * kHidden + kLanes * v;
      if (kFinish == Finish::kRelu) sum[r][v] = _mm256_max_ps(sum[r][v], zero);
      if (kFinish == Finish::kReluSlope)
        sum[r][v] = _mm256_and_ps(sum[r][v], _mm256_cmp_ps(_mm256_load_ps(active + at), zero, _CMP_GT_OQ));
      _mm256_store_ps(c + at, sum[r][v]);
    }
}

// C[rows x 64] in tiles of 6, 5 or 4 rows x 16 columns, panel of columns by panel.
template <Finish kFinish>
void product(const float* a, int rs, int ds, const float* b, int rows, int depth, const float* bias, float* c,
             const float* active) {
  for (int j = 0; j < kHidden; j += 2 * kLanes) {
    const float* from = bias ? bias + j : nullptr;
    const auto at = [&](int r) { return active ? active + r * kHidden + j : nullptr; };
    int r = 0;
    for (; (rows - r) % 4 != 0; r += 6)
      tile<6, kFinish>(a + r * rs, rs, ds, b + j, depth, from, c + r * kHidden + j, at(r));
    for (; r < rows; r += 4) tile<4, kFinish>(a + r * rs, rs, ds, b + j, depth, from, c + r * kHidden + j, at(r));
  }
}

void transpose_64x64(const float* from, float* to) {
  const auto two_rows = [&](int row, int column) {  // four columns of the row and of the one four below it
    const float* p = from + row * kHidden + column;
    return _mm256_insertf128_ps(_mm256_castps128_ps256(_mm_load_ps(p)), _mm_load_ps(p + 4 * kHidden), 1);
  };
  for (int i = 0; i < kHidden; i += kLanes)
    for (int j = 0; j < kHidden; j += 4) {
      const __m256 a = two_rows(i, j), b = two_rows(i + 1, j), c = two_rows(i + 2, j), d = two_rows(i + 3, j);
      const __m256d ab = _mm256_castps_pd(_mm256_unpacklo_ps(a, b)), cd = _mm256_castps_pd(_mm256_unpacklo_ps(c, d));
      const __m256d AB = _mm256_castps_pd(_mm256_unpackhi_ps(a, b)), CD = _mm256_castps_pd(_mm256_unpackhi_ps(c, d));
      float* p = to + j * kHidden + i;
      _mm256_store_ps(p, _mm256_castpd_ps(_mm256_unpacklo_pd(ab, cd)));
      _mm256_store_ps(p + kHidden, _mm256_castpd_ps(_mm256_unpackhi_pd(ab, cd)));
      _mm256_store_ps(p + 2 * kHidden, _mm256_castpd_ps(_mm256_unpacklo_pd(AB, CD)));
      _mm256_store_ps(p + 3 * kHidden, _mm256_castpd_ps(_mm256_unpackhi_pd(AB, CD)));
    }
}

void sum_over_batch(const float* d, float* sums) {
  __m256 sum[kVectors] = {};
  for (int b = 0; b < kBatch; ++b)
    for (int q = 0; q < kVectors; ++q) sum[q] = _mm256_add_ps(sum[q], _mm256_load_ps(d + b * kHidden + kLanes * q));
  for (int q = 0; q < kVectors; ++q) _mm256_store_ps(sums + kLanes * q, sum[q]);
}

// The output unit forward and backward; d2 is the gradient at layer 2's sums. Returns the sum of squares.
double output_unit(const float* w, const float* a2, const float* y, float* g, float* d2) {
  double loss = 0;
  __m256 gw3[kVectors] = {};
  const __m256 zero = _mm256_setzero_ps();
  float gb3 = 0;
  for (int b = 0; b < kBatch; ++b, a2 += kHidden, d2 += kHidden) {
    __m256 sum0 = zero, sum1 = zero;
    for (int q = 0; q < kVectors; q += 2) {
      sum0 = _mm256_fmadd_ps(_mm256_load_ps(a2 + kLanes * q), _mm256_load_ps(w + kW3 + kLanes * q), sum0);
      sum1 = _mm256_fmadd_ps(_mm256_load_ps(a2 + kLanes * (q + 1)), _mm256_load_ps(w + kW3 + kLanes * (q + 1)), sum1);
    }
    const float error = sum_of(_mm256_add_ps(sum0, sum1)) + w[kB3] - y[b];
    loss += error * error;
    const float slope = 2 * error / kBatch;
    gb3 += slope;
    const __m256 s = _mm256_set1_ps(slope);
#pragma GCC unroll 8
    for (int q = 0; q < kVectors; ++q) {
      const __m256 a = _mm256_load_ps(a2 + kLanes * q);
      gw3[q] = _mm256_fmadd_ps(s, a, gw3[q]);
      const __m256 d = _mm256_mul_ps(s, _mm256_load_ps(w + kW3 + kLanes * q));
      _mm256_store_ps(d2 + kLanes * q, _mm256_and_ps(_mm256_cmp_ps(a, zero, _CMP_GT_OQ), d));
    }
  }
  for (int q = 0; q < kVectors; ++q) _mm256_store_ps(g + kW3 + kLanes * q, gw3[q]);
  g[kB3] = gb3;
  return loss;
}

void adam(float* w, const float* g, float* m, float* v, float rate, float step) {
  const __m256 beta1 = _mm256_set1_ps(0.9f), beta2 = _mm256_set1_ps(0.999f);
  const __m256 rest1 = _mm256_set1_ps(0.1f), rest2 = _mm256_set1_ps(0.001f), tiny = _mm256_set1_ps(1e-8f);
  const __m256 scale = _mm256_set1_ps(-rate / (1 - std::pow(0.9f, step)));
  const __m256 root = _mm256_set1_ps(1 / std::sqrt(1 - std::pow(0.999f, step)));
  for (int i = 0; i < kCount; i += kLanes) {
    const __m256 gi = _mm256_load_ps(g + i);
    const __m256 mi = _mm256_fmadd_ps(rest1, gi, _mm256_mul_ps(beta1, _mm256_load_ps(m + i)));
    const __m256 vi = _mm256_fmadd_ps(_mm256_mul_ps(rest2, gi), gi, _mm256_mul_ps(beta2, _mm256_load_ps(v + i)));
    _mm256_store_ps(m + i, mi);
    _mm256_store_ps(v + i, vi);
    const __m256 below = _mm256_fmadd_ps(_mm256_sqrt_ps(vi), root, tiny);
    _mm256_store_ps(w + i, _mm256_fmadd_ps(scale, _mm256_div_ps(mi, below), _mm256_load_ps(w + i)));
  }
}

struct Net {
  float *w = aligned_zeros(kCount), *g = aligned_zeros(kCount), *m = aligned_zeros(kCount), *v = aligned_zeros(kCount);
  float *x = aligned_zeros(kBatch * kInputs), *y = aligned_zeros(kBatch), *w2t = aligned_zeros(kHidden * kHidden);
  float *a1 = aligned_zeros(kBatch * kHidden), *a2 = aligned_zeros(kBatch * kHidden);
  float *d1 = aligned_zeros(kBatch * kHidden), *d2 = aligned_zeros(kBatch * kHidden);
  long steps = 0;

  double loss() {
    product<Finish::kRelu>(x, kInputs, 1, w, kBatch, kInputs, w + kB1, a1, nullptr);
    product<Finish::kRelu>(a1, kHidden, 1, w + kW2, kBatch, kHidden, w + kB2, a2, nullptr);
    return output_unit(w, a2, y, g, d2);
  }

  void step() {
    loss();
    sum_over_batch(d2, g + kB2);
    transpose_64x64(w + kW2, w2t);
    product<Finish::kReluSlope>(d2, kHidden, 1, w2t, kBatch, kHidden, nullptr, d1, a1);
    product<Finish::kNothing>(a1, 1, kHidden, d2, kHidden, kBatch, nullptr, g + kW2, nullptr);
    sum_over_batch(d1, g + kB1);
    product<Finish::kNothing>(x, 1, kInputs, d1, kInputs, kBatch, nullptr, g, nullptr);
    adam(w, g, m, v, 1e-3f, static_cast<float>(++steps));
  }
};

class Training {
 public:
  explicit Training(const Workload& w) : workload_(w), order_(w.rows) {
    std::mt19937 random(3);
    std::normal_distribution<float> normal;
    for (int i = 0; i < kB1; ++i) net_.w[i] = normal(random) * std::sqrt(2.0f / kInputs);
    for (int i = kW2; i < kB2; ++i) net_.w[i] = normal(random) * std::sqrt(2.0f / kHidden);
    for (int i = kW3; i < kB3; ++i) net_.w[i] = normal(random) * std::sqrt(2.0f / kHidden);
  }

  void run_epoch() {
    order_.shuffle();
    for (std::size_t row = 0; row + kBatch <= workload_.rows; row += kBatch) {
      gather(order_.from(row));
      net_.step();
    }
  }

  double loss() {
    const RowOrder in_order(workload_.rows);
    double sum = 0;
    std::size_t row = 0;
    for (; row + kBatch <= workload_.rows; row += kBatch) {
      gather(in_order.from(row));
      sum += net_.loss();
    }
    return sum / static_cast<double>(row);
  }

 private:
  void gather(const std::uint32_t* rows) {
    for (std::size_t b = 0; b < kBatch; ++b) {
      _mm256_store_ps(net_.x + b * kInputs, _mm256_loadu_ps(&workload_.x[rows[b] * kInputs]));
      net_.y[b] = workload_.y[rows[b]];
    }
  }

  const Workload& workload_;
  RowOrder order_;
  Net net_;
};

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
  bench::require_lanes();
  const bench::Arguments arguments = bench::parse_arguments(argc, argv);
  const bench::Workload w = bench::make_workload(arguments.workload, arguments.rows);
  if (w.name != "W3") bench::refuse("this floor is for W3, not '" + w.name + "'");
  bench::run_floor<bench::Training>(arguments, w, "floor by hand");
}
