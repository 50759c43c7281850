// Optimisers: the one table of update rules. They see flat vectors of whole blocks and know nothing of layers.
//
// First-order rules (Optimizer) take one step for each gradient they are given; full-batch ones (Minimizer) ask for
// values and gradients themselves. A row makes one or the other.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "optim/minimizer.h"
#include "optim/optimizer_options.h"

namespace ffwd {

/// A part of the parameter vector, whole blocks, that is updated alike.
struct Segment {
  std::size_t begin = 0, n = 0;
  double rate_factor = 1;  ///< on the learning rate; 0 leaves the part as it is
  double l1 = 0;           ///< after the update, a proximal step of l1 · Σ|w| (kernels/updates.h)
};

template <class T>
class Optimizer {
 public:
  explicit Optimizer(std::size_t n) : all_{.n = n} {}
  virtual ~Optimizer() = default;
  Optimizer(const Optimizer&) = delete;
  Optimizer& operator=(const Optimizer&) = delete;

  /// One update of all n parameters (whole blocks, aligned) with this gradient at this learning rate.
  void step(T* parameters, const T* gradient, double learning_rate) {
    step(parameters, gradient, learning_rate, {&all_, 1});
  }
  /// One update of these parts, which do not overlap; large ones are shared out among so many threads.
  void step(T* parameters, const T* gradient, double learning_rate, std::span<const Segment> segments,
            unsigned threads = 1) {
    begin_step();
    for (const Segment& part : segments) {
      if (part.rate_factor == 0) continue;
      const double rate = learning_rate * part.rate_factor;
      if (threads > 1 && part.n >= kLeastShared) {
        update_shared(parameters, gradient, rate, part, threads);
      } else {
        update(parameters, gradient, rate, part);
      }
    }
  }

  /// Whether an update is w -= rate · g, without anything else.
  [[nodiscard]] virtual bool is_plain_descent() const { return false; }

 protected:
  /// Told once for each step, before its updates.
  virtual void begin_step() {}
  /// `rate` is the part's own. Both vectors are whole. Several threads may update parts at once.
  virtual void update(T* parameters, const T* gradient, double rate, const Segment& part) = 0;

 private:
  static constexpr std::size_t kLeastShared = std::size_t{1} << 16;  ///< an update of fewer is over too soon
  void update_shared(T* parameters, const T* gradient, double rate, const Segment& part, unsigned threads);

  Segment all_;
};

template <class T>
using MakeOptimizer = std::unique_ptr<Optimizer<T>> (*)(std::size_t n, const OptimizerOptions& options);
template <class T>
using MakeMinimizer = std::unique_ptr<Minimizer<T>> (*)(Objective<T>& objective, const OptimizerOptions& options);

/// Either both `make` or both `minimize` are set. They are given options with the row's defaults in place.
struct OptimizerRow {
  std::string_view name;
  std::string_view summary;
  std::string_view source;
  double default_learning_rate = 0;  ///< 0 for full-batch ones: they search the length of their steps
  std::span<const UsedByOptimizer> options = {};
  MakeOptimizer<float> make_f32 = nullptr;  ///< `n`: numbers in the parameter vector, whole blocks
  MakeOptimizer<double> make_f64 = nullptr;
  MakeMinimizer<float> minimize_f32 = nullptr;
  MakeMinimizer<double> minimize_f64 = nullptr;
  bool needs_residuals = false;  ///< the objective is a ResidualObjective: squared errors

  [[nodiscard]] bool is_full_batch() const { return minimize_f64 != nullptr; }
};

/// Written by the build from the files of this folder.
[[nodiscard]] std::span<const OptimizerRow* const> optimizers();

/// Those that take a step for each batch, or those that take all rows at once.
[[nodiscard]] std::vector<const OptimizerRow*> optimizers_of(bool full_batch);

/// The row's own defaults stand in for what is not given.
template <class T>
[[nodiscard]] std::unique_ptr<Optimizer<T>> make_optimizer(const OptimizerRow& row, std::size_t n,
                                                           const OptimizerOptions& options);

/// Holds on to `objective`, which is a ResidualObjective if row.needs_residuals.
template <class T>
[[nodiscard]] std::unique_ptr<Minimizer<T>> make_minimizer(const OptimizerRow& row, Objective<T>& objective,
                                                           const OptimizerOptions& options);

}  // namespace ffwd
