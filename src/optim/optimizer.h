// Optimisers: the one table of update rules. They see flat vectors of whole blocks and know nothing of layers.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace ffwd {

/// What an optimiser may be told; a row says which of it it uses.
struct OptimizerOptions {
  double momentum = 0.9;
  double weight_decay = 0.1;
};

template <class T>
class Optimizer {
 public:
  virtual ~Optimizer() = default;
  /// One update of all n parameters (n whole blocks, aligned) with this gradient at this learning rate.
  virtual void step(T* parameters, const T* gradient, double learning_rate) = 0;
};

struct OptimizerRow {
  std::string_view name;
  std::string_view summary;
  std::string_view source;
  double default_learning_rate;
  bool uses_momentum;
  bool uses_weight_decay;
  /// `n`: numbers in the parameter vector, whole blocks.
  std::unique_ptr<Optimizer<float>> (*make_f32)(std::size_t n, const OptimizerOptions& options);
  std::unique_ptr<Optimizer<double>> (*make_f64)(std::size_t n, const OptimizerOptions& options);
};

/// Written by the build from the files of this folder.
[[nodiscard]] std::span<const OptimizerRow* const> optimizers();

template <class T>
[[nodiscard]] std::unique_ptr<Optimizer<T>> make_optimizer(const OptimizerRow& row, std::size_t n,
                                                           const OptimizerOptions& options);

}  // namespace ffwd
