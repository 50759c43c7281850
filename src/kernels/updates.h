// What the update rules take: n (whole blocks) numbers of parameters, gradient and state, each aligned.
//
// Each rule ends in a proximal step of l1 · Σ|w| where `shrink` = rate · l1 is over 0: a parameter that the rule moves
// by −rate · direction / scale is then moved towards 0 by shrink / scale, and stays there once it arrives. In the
// metric of the rule's own steps that is the exact step of the penalised objective: Yun, Lozano & Yang (2021),
// equation 4.
#pragma once

#include <cstddef>

namespace ffwd {

/// Adam, AdamW: Kingma & Ba 2015; Loshchilov & Hutter 2019; with `peak` AMSGrad: Reddi, Kale & Kumar 2018.
///   m = b1 m + (1-b1) g;  v = b2 v + (1-b2) g²;  w = keep·w − step·m / (sqrt(v)·root + eps)
/// with keep = 1 − lr·weight_decay, step = lr/(1−b1^t), root = 1/sqrt(1−b2^t), prepared by the caller. With `peak` not
/// null: peak = max(peak, v) stands in place of v in the last.
template <class T>
struct AdamUpdate {
  std::size_t n = 0;
  T* w = nullptr;
  const T* g = nullptr;
  T* m = nullptr;
  T* v = nullptr;
  T* peak = nullptr;
  T beta1 = 0, rest1 = 0, beta2 = 0, rest2 = 0, step = 0, root = 0, epsilon = 0, keep = 1, shrink = 0;
};

/// Gradient descent with momentum: Polyak 1964; Nesterov's in the form of Sutskever et al. 2013.
///   v = momentum·v + g;  w = keep·w − rate·(v, or g + momentum·v when nesterov)
/// v may be null when momentum is 0: then w = keep·w − rate·g.
template <class T>
struct SgdUpdate {
  std::size_t n = 0;
  T* w = nullptr;
  const T* g = nullptr;
  T* v = nullptr;
  T momentum = 0;
  bool nesterov = false;
  T rate = 0, keep = 1, shrink = 0;
};

/// Adagrad: Duchi, Hazan & Singer 2011.  s += g²;  w −= rate·g / (sqrt(s) + eps)
template <class T>
struct AdagradUpdate {
  std::size_t n = 0;
  T* w = nullptr;
  const T* g = nullptr;
  T* s = nullptr;
  T rate = 0, epsilon = 0, shrink = 0;
};

/// RMSProp: Tieleman & Hinton 2012; with `m` centred: Graves 2013, section 2.
///   s = decay·s + rest·g²;  m = decay·m + rest·g;  q = g / (sqrt(s − m²) + eps), s alone without `m`
///   v = momentum·v + q;  w −= rate·v, rate·q without `v`
template <class T>
struct RmspropUpdate {
  std::size_t n = 0;
  T* w = nullptr;
  const T* g = nullptr;
  T* s = nullptr;
  T* m = nullptr;  ///< may be null
  T* v = nullptr;  ///< may be null
  T decay = 0, rest = 0, momentum = 0, rate = 0, epsilon = 0, shrink = 0;
};

}  // namespace ffwd
