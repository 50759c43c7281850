// Made-up rows for training tests: a smooth function of the features, seeded.
#pragma once

#include <cmath>
#include <cstdint>

#include "core/philox.h"
#include "dataset/dataset.h"

namespace ffwd {

/// Targets: a regression value, or with `classes` > 0 the number of a class.
template <class T>
Dataset<T> made_up_data(std::size_t rows, std::size_t features, std::size_t classes, std::uint64_t seed = 1) {
  const Philox random(seed, Purpose::kSplit);
  Dataset<T> data(rows, features);
  for (std::size_t r = 0; r < rows; ++r) {
    double sum = 0;
    for (std::size_t j = 0; j < features; ++j) {
      const double x = 4 * random.uniform(1, r * features + j) - 2;
      data.features[r * data.ld + j] = static_cast<T>(x);
      sum += std::sin(x * (1 + static_cast<double>(j)));
    }
    data.targets[r] =
        static_cast<T>(classes == 0 ? sum : std::fmod(std::floor(std::abs(sum) * 2), static_cast<double>(classes)));
  }
  return data;
}

}  // namespace ffwd
