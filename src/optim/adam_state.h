// What Adam and AdamW share: the two moments and the powers of their decay rates.
//
// Source: Kingma & Ba (2015), algorithm 1; Loshchilov & Hutter (2019), algorithm 2 (decoupled weight decay).
// Notation here = notation there: m, v are the moments, t counts steps from 1.
#pragma once

#include <cmath>

#include "core/aligned.h"
#include "kernels/kernels.h"
#include "optim/optimizer.h"

namespace ffwd {

template <class T>
class AdamState final : public Optimizer<T> {
 public:
  AdamState(std::size_t n, double weight_decay) : m_(n), v_(n), weight_decay_(weight_decay) {}

  void step(T* parameters, const T* gradient, double learning_rate) override {
    beta1_power_ *= kBeta1;
    beta2_power_ *= kBeta2;
    kernels<T>().adam({.n = m_.size(),
                       .w = parameters,
                       .g = gradient,
                       .m = m_.data(),
                       .v = v_.data(),
                       .beta1 = static_cast<T>(kBeta1),
                       .rest1 = static_cast<T>(1 - kBeta1),
                       .beta2 = static_cast<T>(kBeta2),
                       .rest2 = static_cast<T>(1 - kBeta2),
                       .step = static_cast<T>(learning_rate / (1 - beta1_power_)),
                       .root = static_cast<T>(1 / std::sqrt(1 - beta2_power_)),
                       .epsilon = static_cast<T>(kEpsilon),
                       .keep = static_cast<T>(1 - learning_rate * weight_decay_)});
  }

 private:
  static constexpr double kBeta1 = 0.9, kBeta2 = 0.999, kEpsilon = 1e-8;

  AlignedVector<T> m_, v_;
  double weight_decay_;
  double beta1_power_ = 1, beta2_power_ = 1;  // beta^t by repeated products: the same bits on every machine
};

}  // namespace ffwd
