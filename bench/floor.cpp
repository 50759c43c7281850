// A floor for the time of a training step: one network (8-64-64-1, ReLU, squared error, Adam, batches of 32,
// 20,000 rows, reshuffled every epoch) written out by hand with AVX-512, with nothing general about it.
// The engine, which is general, is compared with this program in the same run on the same machine.
// Without AVX-512 it says so instead; floor_avx2.cpp is for such machines. repetitions.h says how it is run.
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

constexpr int kBatch = 32, kInputs = 8, kHidden = 64;

// Where things lie in the vector of parameters.
constexpr int kB1 = kInputs * kHidden, kW2 = kB1 + kHidden, kB2 = kW2 + kHidden * kHidden, kW3 = kB2 + kHidden,
              kB3 = kW3 + kHidden, kCount = kB3 + kLanes;

// C[4 x 64] = A[4 x depth] * B[depth x 64] (+ bias, then ReLU): 16 accumulators in registers.
template <bool kBiasAndRelu>
void product_4x64(const float* a, int lda, const float* b, const float* bias, float* c, int depth) {
  __m512 acc[4][4];
  for (auto& row : acc)
    for (int v = 0; v < 4; ++v) row[v] = kBiasAndRelu ? _mm512_load_ps(bias + kLanes * v) : _mm512_setzero_ps();
  for (int k = 0; k < depth; ++k) {
    __m512 line[4];
    for (int v = 0; v < 4; ++v) line[v] = _mm512_load_ps(b + k * kHidden + kLanes * v);
    for (int r = 0; r < 4; ++r) {
      const __m512 x = _mm512_set1_ps(a[r * lda + k]);
      for (int v = 0; v < 4; ++v) acc[r][v] = _mm512_fmadd_ps(x, line[v], acc[r][v]);
    }
  }
  for (int r = 0; r < 4; ++r)
    for (int v = 0; v < 4; ++v) {
      const __m512 z = kBiasAndRelu ? _mm512_max_ps(acc[r][v], _mm512_setzero_ps()) : acc[r][v];
      _mm512_store_ps(c + r * kHidden + kLanes * v, z);
    }
}

// G[4 x 64] = X[batch x 4]^T * D[batch x 64]: the weight gradient of four inputs.
void weight_gradient_4x64(const float* x, int ldx, const float* d, float* g) {
  __m512 acc[4][4] = {};
  for (int b = 0; b < kBatch; ++b) {
    __m512 line[4];
    for (int v = 0; v < 4; ++v) line[v] = _mm512_load_ps(d + b * kHidden + kLanes * v);
    for (int r = 0; r < 4; ++r) {
      const __m512 xi = _mm512_set1_ps(x[b * ldx + r]);
      for (int v = 0; v < 4; ++v) acc[r][v] = _mm512_fmadd_ps(xi, line[v], acc[r][v]);
    }
  }
  for (int r = 0; r < 4; ++r)
    for (int v = 0; v < 4; ++v) _mm512_store_ps(g + r * kHidden + kLanes * v, acc[r][v]);
}

void transpose_64x64(const float* from, float* to) {
  const __m512i stride = _mm512_mullo_epi32(_mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0),
                                            _mm512_set1_epi32(kHidden));
  for (int i = 0; i < kHidden; i += kLanes)
    for (int j = 0; j < kHidden; ++j)
      _mm512_store_ps(to + j * kHidden + i, _mm512_i32gather_ps(stride, from + i * kHidden + j, 4));
}

void adam(float* w, const float* g, float* m, float* v, int count, float rate, long step) {
  const __m512 beta1 = _mm512_set1_ps(0.9f), beta2 = _mm512_set1_ps(0.999f);
  const __m512 rest1 = _mm512_set1_ps(0.1f), rest2 = _mm512_set1_ps(0.001f), tiny = _mm512_set1_ps(1e-8f);
  const __m512 scale = _mm512_set1_ps(-rate / (1 - std::pow(0.9f, step)));
  const __m512 root = _mm512_set1_ps(1 / std::sqrt(1 - std::pow(0.999f, step)));
  for (int i = 0; i < count; i += kLanes) {
    const __m512 gi = _mm512_load_ps(g + i);
    const __m512 mi = _mm512_fmadd_ps(rest1, gi, _mm512_mul_ps(beta1, _mm512_load_ps(m + i)));
    const __m512 vi = _mm512_fmadd_ps(_mm512_mul_ps(rest2, gi), gi, _mm512_mul_ps(beta2, _mm512_load_ps(v + i)));
    _mm512_store_ps(m + i, mi);
    _mm512_store_ps(v + i, vi);
    const __m512 below = _mm512_fmadd_ps(_mm512_sqrt_ps(vi), root, tiny);
    _mm512_store_ps(w + i, _mm512_fmadd_ps(scale, _mm512_div_ps(mi, below), _mm512_load_ps(w + i)));
  }
}

class Training {
 public:
  explicit Training(const Workload& workload) : workload_(workload), order_(workload.rows) {
    std::mt19937 random(3);
    std::normal_distribution<float> normal;
    for (int i = 0; i < kB1; ++i) w[i] = normal(random) * std::sqrt(2.0f / kInputs);
    for (int i = kW2; i < kB2; ++i) w[i] = normal(random) * std::sqrt(2.0f / kHidden);
    for (int i = kW3; i < kB3; ++i) w[i] = normal(random) * std::sqrt(2.0f / kHidden);
  }

  void run_epoch() {
    order_.shuffle();
    for (std::size_t row = 0; row + kBatch <= workload_.rows; row += kBatch) {
      gather(order_.from(row));
      forward();
      backward();
      adam(w, g, m, v, kCount, 1e-3f, ++steps_);
    }
  }

  double loss() {
    const RowOrder in_order(workload_.rows);
    double sum = 0;
    std::size_t row = 0;
    for (; row + kBatch <= workload_.rows; row += kBatch) {
      gather(in_order.from(row));
      sum += forward();
    }
    return sum / static_cast<double>(row);
  }

 private:
  void gather(const std::uint32_t* rows) {
    for (std::size_t b = 0; b < kBatch; ++b) {
      _mm256_store_ps(x + b * kInputs, _mm256_loadu_ps(&workload_.x[rows[b] * kInputs]));
      y[b] = workload_.y[rows[b]];
    }
  }

  double forward() {
    for (int b = 0; b < kBatch; b += 4)
      product_4x64<true>(x + b * kInputs, kInputs, w, w + kB1, a1 + b * kHidden, kInputs);
    for (int b = 0; b < kBatch; b += 4)
      product_4x64<true>(a1 + b * kHidden, kHidden, w + kW2, w + kB2, a2 + b * kHidden, kHidden);
    return output_unit();
  }

  // The output unit forward and backward in one pass over the batch; d2 is the gradient at layer 2's sums. Returns the
  // sum of squares.
  double output_unit() {
    double loss = 0;
    __m512 w3[4], gw3[4] = {}, gb2[4] = {};
    float gb3 = 0;
    for (int q = 0; q < 4; ++q) w3[q] = _mm512_load_ps(w + kW3 + kLanes * q);
    for (int b = 0; b < kBatch; ++b) {
      __m512 sum = _mm512_setzero_ps(), a[4];
      for (int q = 0; q < 4; ++q) {
        a[q] = _mm512_load_ps(a2 + b * kHidden + kLanes * q);
        sum = _mm512_fmadd_ps(a[q], w3[q], sum);
      }
      const float error = _mm512_reduce_add_ps(sum) + w[kB3] - y[b];
      loss += error * error;
      const float slope = 2 * error / kBatch;
      gb3 += slope;
      const __m512 s = _mm512_set1_ps(slope);
      for (int q = 0; q < 4; ++q) {
        gw3[q] = _mm512_fmadd_ps(s, a[q], gw3[q]);
        const __m512 d = _mm512_maskz_mul_ps(_mm512_cmp_ps_mask(a[q], _mm512_setzero_ps(), _CMP_GT_OQ), s, w3[q]);
        gb2[q] = _mm512_add_ps(gb2[q], d);
        _mm512_store_ps(d2 + b * kHidden + kLanes * q, d);
      }
    }
    for (int q = 0; q < 4; ++q) {
      _mm512_store_ps(g + kW3 + kLanes * q, gw3[q]);
      _mm512_store_ps(g + kB2 + kLanes * q, gb2[q]);
    }
    g[kB3] = gb3;
    return loss;
  }

  void backward() {
    transpose_64x64(w + kW2, w2t);
    for (int b = 0; b < kBatch; b += 4)
      product_4x64<false>(d2 + b * kHidden, kHidden, w2t, nullptr, d1 + b * kHidden, kHidden);
    for (int k = 0; k < kHidden; k += 4) weight_gradient_4x64(a1 + k, kHidden, d2, g + kW2 + k * kHidden);
    __m512 gb1[4] = {};
    for (int b = 0; b < kBatch; ++b)
      for (int q = 0; q < 4; ++q) {
        const int at = b * kHidden + kLanes * q;
        const __mmask16 active = _mm512_cmp_ps_mask(_mm512_load_ps(a1 + at), _mm512_setzero_ps(), _CMP_GT_OQ);
        const __m512 d = _mm512_maskz_mov_ps(active, _mm512_load_ps(d1 + at));
        gb1[q] = _mm512_add_ps(gb1[q], d);
        _mm512_store_ps(d1 + at, d);
      }
    for (int q = 0; q < 4; ++q) _mm512_store_ps(g + kB1 + kLanes * q, gb1[q]);
    for (int k = 0; k < kInputs; k += 4) weight_gradient_4x64(x + k, kInputs, d1, g + k * kHidden);
  }

  const Workload& workload_;
  RowOrder order_;
  float *w = aligned_zeros(kCount), *g = aligned_zeros(kCount), *m = aligned_zeros(kCount), *v = aligned_zeros(kCount);
  float *x = aligned_zeros(kBatch * kInputs), *y = aligned_zeros(kBatch), *w2t = aligned_zeros(kHidden * kHidden);
  float *a1 = aligned_zeros(kBatch * kHidden), *a2 = aligned_zeros(kBatch * kHidden);
  float *d1 = aligned_zeros(kBatch * kHidden), *d2 = aligned_zeros(kBatch * kHidden);
  long steps_ = 0;
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
