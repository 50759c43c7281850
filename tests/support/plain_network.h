// A dense network in plain loops over float64, as a textbook writes it: what plans are checked against.
#pragma once

#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "ffwd/network.h"

namespace ffwd::plain {

inline double unit(const std::string& name, double z) {
  if (name == "identity") return z;
  if (name == "relu") return std::max(0.0, z);
  if (name == "leaky_relu") return z > 0 ? z : 0.01 * z;
  if (name == "tanh") return std::tanh(z);
  if (name == "sigmoid") return 1 / (1 + std::exp(-z));
  if (name == "softplus") return std::max(z, 0.0) + std::log1p(std::exp(-std::abs(z)));
  if (name == "gelu") return z * std::erfc(-z / std::sqrt(2.0)) / 2;
  if (name == "silu") return z / (1 + std::exp(-z));
  throw name;
}

/// `values`: weight [outputs, inputs] then bias [outputs] of each layer, one after the other.
inline std::vector<double> forward(const NetworkSpec& spec, const std::vector<double>& values,
                                   std::vector<double> row) {
  std::size_t at = 0;
  for (const LayerSpec& layer : spec.layers) {
    std::vector<double> next(layer.size);
    for (std::size_t o = 0; o < layer.size; ++o) {
      double z = values[at + layer.size * row.size() + o];
      for (std::size_t i = 0; i < row.size(); ++i) z += values[at + o * row.size() + i] * row[i];
      next[o] = unit(layer.unit, z);
    }
    at += layer.size * row.size() + layer.size;
    row = next;
  }
  return row;
}

}  // namespace ffwd::plain
