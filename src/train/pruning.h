// Pruning: weights are set to zero step by step while a network is trained, and stay so.
//
// Source: the schedule, Zhu & Gupta (2017), "To prune, or not to prune", equation 1; the scores, Lee, Park, Mo, Ahn &
// Shin (2021), "Layer-adaptive sparsity for the magnitude-based pruning" (LAMP), equation 4.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/aligned.h"
#include "plan/parameters.h"

namespace ffwd {

struct Pruning {
  double sparsity = 0;  ///< share of the weights that are zero at the end, in [0, 1)
  double share = 0.5;   ///< of the training over which they go, in (0, 1]; what is left then gets used to it
  std::vector<std::string> kept{};  ///< names of tensors that are left as they are
};

/// The share of weights that are to be zero once `done` of the time is over in which they go: from `first` to `last`,
/// quickly at first, when there are many that nothing depends on. All in [0, 1].
[[nodiscard]] double sparsity_at(double first, double last, double done);

/// Numbers of weights that pruning may set to zero, and of those among them that are zero. Biases, what is no weight,
/// and `kept` never are.
struct WeightCount {
  std::size_t all = 0, zero = 0;

  [[nodiscard]] double sparsity() const { return all == 0 ? 0 : static_cast<double>(zero) / static_cast<double>(all); }
};
template <class T>
[[nodiscard]] WeightCount count_weights(const ParameterLayout& layout, std::span<const std::string> kept,
                                        const T* parameters);

/// Which weights go: of all layers together those of the least score w² / Σ v², the sum running over the weights v of
/// the same layer that are no smaller. The largest weight of a layer has the score 1: it goes last. Weights that are
/// zero stay so. Allocates nothing once made.
template <class T>
class Pruner {
 public:
  /// Holds on to both.
  Pruner(const Pruning& pruning, const ParameterLayout& layout, const T* parameters);

  /// To be called before each step of training, of which `done`, in [0, 1], is over.
  void advance(double done, T* parameters);
  /// To be called after each step: sets what it has moved back to zero.
  void apply(T* parameters) const;
  /// Whether the sparsity asked for is reached.
  [[nodiscard]] bool is_done() const { return round_ == kRounds; }
  [[nodiscard]] double sparsity() const;

 private:
  /// Times that weights go: each costs a sort of them all.
  static constexpr std::size_t kRounds = 32;
  struct Scored {
    double score;
    std::uint32_t position;
  };
  void prune(std::size_t n, const T* parameters);

  const Pruning& pruning_;
  std::vector<const ParameterRange*> ranges_;
  std::vector<Scored> scored_;
  AlignedVector<T> mask_;
  double first_;
  std::size_t round_ = 0, n_zero_;
};

}  // namespace ffwd
