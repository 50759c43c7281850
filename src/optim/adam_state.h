// What Adam and AdamW share: the two moments and the powers of their decay rates.
//
// Source: Kingma & Ba (2015), algorithm 1; Loshchilov & Hutter (2019), algorithm 2 (decoupled weight decay); Reddi,
// Kale & Kumar (2018), algorithm 2 (AMSGrad). Notation here = notation there: m, v are the moments, t counts steps
// from 1.
#pragma once

#include <cmath>

#include "core/aligned.h"
#include "kernels/kernels.h"
#include "optim/optimizer.h"

namespace ffwd {

template <class T>
class AdamState final : public Optimizer<T> {
 public:
  AdamState(std::size_t n, const OptimizerOptions& o)
      : Optimizer<T>(n),
        m_(n),
        v_(n),
        peak_(o.amsgrad ? n : 0),
        beta1_(*o.beta1),
        beta2_(*o.beta2),
        epsilon_(*o.epsilon),
        weight_decay_(o.weight_decay.value_or(0)) {}

 private:
  void begin_step() override {
    beta1_power_ *= beta1_;
    beta2_power_ *= beta2_;
  }

  void update(T* parameters, const T* gradient, double rate, const Segment& part) override {
    kernels<T>().adam({.n = part.n,
                       .w = parameters + part.begin,
                       .g = gradient + part.begin,
                       .m = m_.data() + part.begin,
                       .v = v_.data() + part.begin,
                       .peak = peak_.empty() ? nullptr : peak_.data() + part.begin,
                       .beta1 = static_cast<T>(beta1_),
                       .rest1 = static_cast<T>(1 - beta1_),
                       .beta2 = static_cast<T>(beta2_),
                       .rest2 = static_cast<T>(1 - beta2_),
                       .step = static_cast<T>(rate / (1 - beta1_power_)),
                       .root = static_cast<T>(1 / std::sqrt(1 - beta2_power_)),
                       .epsilon = static_cast<T>(epsilon_),
                       .keep = static_cast<T>(1 - rate * weight_decay_),
                       .shrink = static_cast<T>(rate * part.l1)});
  }

  AlignedVector<T> m_, v_, peak_;
  double beta1_, beta2_, epsilon_, weight_decay_;
  double beta1_power_ = 1, beta2_power_ = 1;  // beta^t by repeated products: the same bits on every machine
};

}  // namespace ffwd
