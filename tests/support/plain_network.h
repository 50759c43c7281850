// A dense network in plain loops over float64, as a textbook writes it: what plans are checked against. Of the kernels
// it uses the units alone, one number at a time; tests/kernels holds these to their formulas.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/aligned.h"
#include "ffwd/network.h"
#include "kernels/kernels.h"
#include "kernels/layout.h"
#include "kernels/units.h"

namespace ffwd::plain {

inline double unit(const std::string& name, double z) {
  const UnitRow* const row = find_unit(name);
  if (row == nullptr) throw std::invalid_argument("no unit " + name);
  const UnitValue<double> value = kernels<double>().unit_value[row->index];
  if (value == nullptr) return z;
  AlignedVector<double> one(padded<double>(1));
  one[0] = z;
  value(one.data(), one.size(), one.data(), one.size(), 1, 1, row->default_parameter);
  return one[0];
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
