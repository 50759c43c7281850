// A floor for W1 and W2: what code reaches that is written for these two networks alone, a whole training in registers.
// repetitions.h says how it is run.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <utility>

#include "lanes.h"
#include "repetitions.h"
#include "tiny_weights.h"
#include "workloads.h"

namespace bench {
namespace {

constexpr int kHidden = 3, kExamples = 50, kVectors = (kExamples + kLanes - 1) / kLanes;

struct Sine {
  alignas(64) float x[kVectors * kLanes] = {}, y[kVectors * kLanes] = {};
  alignas(64) float twice_share[kVectors * kLanes] = {};  // 2/50, and 0 for the padding
  float w[kHidden], b[kHidden] = {}, v[kHidden], c = 0;
};

// Rational, with an error below 4e-7 on the range it is cut to.
inline Lanes tanh_of(Lanes x) {
  x = larger(all(-7.9f), smaller(all(7.9f), x));
  const Lanes s = x * x;
  Lanes above = all(-2.76076847742355e-16f), below = all(1.19825839466702e-06f);
  for (const float k : {2.00018790482477e-13f, -8.60467152213735e-11f, 5.12229709037114e-08f, 1.48572235717979e-05f,
                        6.37261928875436e-04f, 4.89352455891786e-03f})
    above = multiply_add(above, s, all(k));
  for (const float k : {1.18534705686654e-04f, 2.26843463243900e-03f, 4.89352518554385e-03f})
    below = multiply_add(below, s, all(k));
  return above * x / below;
}

void step(Sine& net, float rate) {
  Lanes gw[kHidden] = {}, gb[kHidden] = {}, gv[kHidden] = {}, gc = {};
#pragma GCC unroll 8
  for (int q = 0; q < kVectors; ++q) {
    const Lanes x = load(net.x + kLanes * q);
    Lanes a[kHidden], o = all(net.c);
    for (int h = 0; h < kHidden; ++h) {
      a[h] = tanh_of(multiply_add(all(net.w[h]), x, all(net.b[h])));
      o = multiply_add(all(net.v[h]), a[h], o);
    }
    const Lanes d = (o - load(net.y + kLanes * q)) * load(net.twice_share + kLanes * q);
    gc += d;
    for (int h = 0; h < kHidden; ++h) {
      gv[h] = multiply_add(d, a[h], gv[h]);
      const Lanes dz = d * all(net.v[h]) * subtract_product(all(1), a[h], a[h]);
      gb[h] += dz;
      gw[h] = multiply_add(dz, x, gw[h]);
    }
  }
  for (int h = 0; h < kHidden; ++h) {
    net.v[h] -= rate * sum_of(gv[h]);
    net.w[h] -= rate * sum_of(gw[h]);
    net.b[h] -= rate * sum_of(gb[h]);
  }
  net.c -= rate * sum_of(gc);
}

Sine sine_of(const Workload& w) {
  Sine net;
  std::copy_n(FirstSine::kHidden, kHidden, net.w);
  std::copy_n(FirstSine::kOutput, kHidden, net.v);
  for (int i = 0; i < kExamples; ++i) {
    net.x[i] = w.x[static_cast<std::size_t>(i)];
    net.y[i] = w.y[static_cast<std::size_t>(i)];
    net.twice_share[i] = 2.0f / kExamples;
  }
  return net;
}

double loss_of(const Sine& net) {
  double sum = 0;
  for (int i = 0; i < kExamples; ++i) {
    float o = net.c;
    for (int h = 0; h < kHidden; ++h) o += net.v[h] * std::tanh(net.w[h] * net.x[i] + net.b[h]);
    sum += (o - net.y[i]) * (o - net.y[i]) / kExamples;
  }
  return sum;
}

Sine train_sine(const Workload& w) {
  Sine net = sine_of(w);
  for (std::size_t e = 0; e < w.epochs; ++e) step(net, static_cast<float>(w.rate()));
  return net;
}

struct Xor {
  float w[2][2], b[2] = {}, v[2], c = 0;
  Xor() {
    std::copy_n(&FirstXor::kHidden[0][0], 4, &w[0][0]);
    std::copy_n(FirstXor::kOutput, 2, v);
  }
};

inline float scalar_tanh(float x) { return 1 - 2 / (__builtin_expf(2 * x) + 1); }

inline void step(Xor& net, float x0, float x1, float y, float rate) {
  const float a0 = scalar_tanh(net.w[0][0] * x0 + net.w[0][1] * x1 + net.b[0]);
  const float a1 = scalar_tanh(net.w[1][0] * x0 + net.w[1][1] * x1 + net.b[1]);
  const float z = net.v[0] * a0 + net.v[1] * a1 + net.c, d = rate * (1 / (1 + __builtin_expf(-z)) - y);
  const float d0 = d * net.v[0] * (1 - a0 * a0), d1 = d * net.v[1] * (1 - a1 * a1);
  net.v[0] -= d * a0;
  net.v[1] -= d * a1;
  net.c -= d;
  net.w[0][0] -= d0 * x0;
  net.w[0][1] -= d0 * x1;
  net.b[0] -= d0;
  net.w[1][0] -= d1 * x0;
  net.w[1][1] -= d1 * x1;
  net.b[1] -= d1;
}

double loss_of(const Xor& net, const Workload& w) {
  double sum = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    float z = net.c;
    for (int h = 0; h < 2; ++h)
      z += net.v[h] * std::tanh(net.w[h][0] * w.x[2 * i] + net.w[h][1] * w.x[2 * i + 1] + net.b[h]);
    sum += std::log1p(std::exp(w.y[i] > 0 ? -z : z)) / 4;
  }
  return sum;
}

Xor train_xor(const Workload& w) {
  Xor net;
  const float rate = static_cast<float>(w.rate());
  unsigned random = 12345;
  for (std::size_t e = 0; e < w.epochs; ++e) {
    std::array<std::size_t, 4> order = {0, 1, 2, 3};
    for (std::size_t i = 3; i > 0; --i) {
      random = random * 1664525u + 1013904223u;
      std::swap(order[i], order[(random >> 16) % (i + 1)]);
    }
    for (const std::size_t row : order) step(net, w.x[2 * row], w.x[2 * row + 1], w.y[row], rate);
  }
  return net;
}

void run(const Arguments& arguments, const Workload& w) {
  if (w.name != "W1" && w.name != "W2") refuse("this floor is for W1 and W2, not '" + w.name + "'");
  const bool sine = w.name == "W1";
  volatile float keep = 0;  // so that the training is not left out
  const Losses losses =
      sine ? Losses{loss_of(sine_of(w)), loss_of(train_sine(w))} : Losses{loss_of(Xor{}, w), loss_of(train_xor(w), w)};
  Turns turns(arguments, "floor", w.name, losses);
  while (turns.next()) {
    const double began = now();
    keep = sine ? train_sine(w).c : train_xor(w).c;
    turns.answer(now() - began);
  }
  static_cast<void>(keep);
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
  bench::require_lanes();
  const bench::Arguments arguments = bench::parse_arguments(argc, argv);
  bench::run(arguments, bench::make_workload(arguments.workload));
}
