// A floor for W3 to W7, or any other shape with ReLU and Adam: a training epoch put together from the products that
// libxsmm compiles for exactly these sizes, with what stands between them fused by hand. How near plain engineering
// comes to the machine's limit, on one thread, with nothing general about it but the sizes, and less exact than ffwd:
// reciprocal roots are approximated and sums reordered. repetitions.h says how it is run.
#include <libxsmm.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "floor_epochs.h"
#include "lanes.h"
#include "repetitions.h"
#include "workloads.h"

namespace bench {
namespace {

/// C[m, n] = A[m, k] · B[k, n], row-major; with `transposed`, A is stored as [k, m].
libxsmm_smmfunction product(std::size_t m, std::size_t n, std::size_t k, bool transposed) {
  const int mi = static_cast<int>(m), ni = static_cast<int>(n), ki = static_cast<int>(k);
  const int lda = ni, ldb = transposed ? mi : ki, ldc = ni, no_prefetch = LIBXSMM_GEMM_PREFETCH_NONE;
  const int flags = transposed ? LIBXSMM_GEMM_FLAG_TRANS_B : 0;
  const float one = 1, zero = 0;
  // It counts by columns: C' = B' A'.
  const auto kernel = libxsmm_smmdispatch(ni, mi, ki, &lda, &ldb, &ldc, &one, &zero, &flags, &no_prefetch);
  if (kernel == nullptr) refuse("libxsmm has no kernel for these sizes");
  return kernel;
}

struct Layer {
  std::size_t inputs, outputs;
  float *w, *b, *gw, *gb;                                            // [inputs, outputs], [outputs]
  float *transposed, *a, *d;                                         // of w; outputs and gradient at their sums
  libxsmm_smmfunction forward, weight_gradient, backward = nullptr;  // none of the first layer's input
};

class Network {
 public:
  explicit Network(const Workload& w);
  void run_epoch();
  /// The mean loss over all rows.
  double loss();

 private:
  void gather(const std::uint32_t* rows);
  void forward();
  double loss_and_gradient(const std::uint32_t* rows);
  void backward();
  void update();

  const Workload& w_;
  std::size_t batch_, n_parameters_ = 0;
  std::vector<Layer> layers_;
  float *parameters_, *gradient_, *mean_, *square_, *input_;
  RowOrder order_;
  double steps_ = 0;
};

std::size_t whole_registers(std::size_t n) { return (n + 15) / 16 * 16; }

Network::Network(const Workload& w) : w_(w), batch_(w.batch), order_(w.rows) {
  for (std::size_t l = 0; l < w.layers(); ++l)
    n_parameters_ += whole_registers(w.sizes[l] * w.sizes[l + 1]) + whole_registers(w.sizes[l + 1]);
  parameters_ = aligned_zeros(n_parameters_);
  gradient_ = aligned_zeros(n_parameters_);
  mean_ = aligned_zeros(n_parameters_);
  square_ = aligned_zeros(n_parameters_);
  input_ = aligned_zeros(batch_ * w.inputs());
  std::mt19937 random(3);
  std::normal_distribution<float> normal;
  std::size_t at = 0;
  for (std::size_t l = 0; l < w.layers(); ++l) {
    const std::size_t k = w.sizes[l], n = w.sizes[l + 1], bias = at + whole_registers(k * n);
    Layer layer{.inputs = k,
                .outputs = n,
                .w = parameters_ + at,
                .b = parameters_ + bias,
                .gw = gradient_ + at,
                .gb = gradient_ + bias,
                .transposed = aligned_zeros(k * n),
                .a = aligned_zeros(batch_ * n),
                .d = aligned_zeros(batch_ * n),
                .forward = product(batch_, n, k, false),
                .weight_gradient = product(k, n, batch_, true)};
    if (l > 0) layer.backward = product(batch_, k, n, false);
    for (std::size_t i = 0; i < k * n; ++i) layer.w[i] = normal(random) * std::sqrt(2.0f / static_cast<float>(k));
    layers_.push_back(layer);
    at = bias + whole_registers(n);
  }
}

void Network::gather(const std::uint32_t* rows) {
  for (std::size_t i = 0; i < batch_; ++i)
    std::memcpy(input_ + i * w_.inputs(), &w_.x[rows[i] * w_.inputs()], w_.inputs() * sizeof(float));
}

void Network::forward() {
  const float* x = input_;
  for (Layer& layer : layers_) {
    layer.forward(layer.w, x, layer.a);
    float* __restrict a = layer.a;
    const float* __restrict b = layer.b;
    const std::size_t n = layer.outputs;
    if (&layer != &layers_.back()) {
      for (std::size_t i = 0; i < batch_; ++i)
        for (std::size_t j = 0; j < n; ++j) a[i * n + j] = std::max(a[i * n + j] + b[j], 0.0f);
    } else {
      for (std::size_t i = 0; i < batch_; ++i)
        for (std::size_t j = 0; j < n; ++j) a[i * n + j] += b[j];
    }
    x = layer.a;
  }
}

double Network::loss_and_gradient(const std::uint32_t* rows) {
  const float* z = layers_.back().a;
  float* d = layers_.back().d;
  const std::size_t n = w_.outputs();
  const float share = 1.0f / static_cast<float>(batch_);
  double sum = 0;
  for (std::size_t i = 0; i < batch_; ++i, z += n, d += n) {
    const float y = w_.y[rows[i]];
    if (w_.loss == "mse") {
      const float e = z[0] - y;
      sum += static_cast<double>(e) * e;
      d[0] = 2 * e * share;
    } else if (w_.loss == "bce") {
      const float q = 1 / (1 + __builtin_expf(-z[0]));
      sum -= __builtin_logf((y > 0 ? q : 1 - q) + 1e-30f);
      d[0] = (q - y) * share;
    } else {
      const auto of = static_cast<std::size_t>(y);
      float top = z[0], total = 0;
      for (std::size_t j = 1; j < n; ++j) top = std::max(top, z[j]);
      for (std::size_t j = 0; j < n; ++j) d[j] = __builtin_expf(z[j] - top);
      for (std::size_t j = 0; j < n; ++j) total += d[j];
      sum += __builtin_logf(total) - (z[of] - top);
      for (std::size_t j = 0; j < n; ++j) d[j] *= share / total;
      d[of] -= share;
    }
  }
  return sum * share;
}

void Network::backward() {
  for (std::size_t l = layers_.size(); l-- > 0;) {
    const Layer& layer = layers_[l];
    const std::size_t k = layer.inputs, n = layer.outputs;
    layer.weight_gradient(layer.d, l == 0 ? input_ : layers_[l - 1].a, layer.gw);
    float* __restrict gb = layer.gb;
    const float* __restrict d = layer.d;
    std::fill_n(gb, n, 0.0f);
    for (std::size_t i = 0; i < batch_; ++i)
      for (std::size_t j = 0; j < n; ++j) gb[j] += d[i * n + j];
    if (l == 0) return;
    const auto ni = static_cast<int>(n), ki = static_cast<int>(k);
    libxsmm_otrans(layer.transposed, layer.w, sizeof(float), ni, ki, ni, ki);
    layer.backward(layer.transposed, layer.d, layers_[l - 1].d);
    float* __restrict below = layers_[l - 1].d;
    const float* __restrict a = layers_[l - 1].a;
    for (std::size_t i = 0; i < batch_ * k; ++i) below[i] = a[i] > 0 ? below[i] : 0.0f;
  }
}

void Network::update() {
  ++steps_;
  const Lanes rest1 = all(0.1f), rest2 = all(0.001f), tiny = all(1e-16f);
  const double corrected = w_.rate() * std::sqrt(1 - std::pow(0.999, steps_)) / (1 - std::pow(0.9, steps_));
  const Lanes rate = all(static_cast<float>(corrected));
  const std::size_t n = n_parameters_;
  float *const w = parameters_, *const mean = mean_, *const square = square_;
  const float* const gradient = gradient_;
  for (std::size_t i = 0; i < n; i += kLanes) {
    const Lanes g = load(gradient + i);
    Lanes m = load(mean + i), v = load(square + i);
    m = multiply_add(rest1, g - m, m);
    v = multiply_add(rest2, multiply_add(g, g, -v), v);
    store(mean + i, m);
    store(square + i, v);
    store(w + i, subtract_product(load(w + i), rate * m, reciprocal_root(v + tiny)));
  }
}

void Network::run_epoch() {
  order_.shuffle();
  const std::size_t batches = w_.rows / batch_;
  for (std::size_t b = 0; b < batches; ++b) {
    const std::uint32_t* rows = order_.from(b * batch_);
    gather(rows);
    forward();
    loss_and_gradient(rows);
    backward();
    update();
  }
}

double Network::loss() {
  const RowOrder in_order(w_.rows);
  double sum = 0;
  const std::size_t batches = w_.rows / batch_;
  for (std::size_t b = 0; b < batches; ++b) {
    gather(in_order.from(b * batch_));
    forward();
    sum += loss_and_gradient(in_order.from(b * batch_));
  }
  return sum / static_cast<double>(batches);
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
  bench::require_lanes();
  const bench::Arguments arguments = bench::parse_arguments(argc, argv);
  const bench::Workload w = bench::make_workload(arguments.workload, arguments.rows);
  if (w.optimizer != "adam" || w.unit != "relu" || w.models != 1)
    bench::refuse("this floor knows Adam and ReLU, one model");
  libxsmm_init();
  bench::run_floor<bench::Network>(arguments, w, "floor");
}
