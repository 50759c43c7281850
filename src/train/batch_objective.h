// BatchObjective: the mean loss over all training rows plus the penalties, as a function of the parameters; where the
// loss is a squared error, its residuals and their Jacobian as well.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "optim/minimizer.h"
#include "optim/optimizer.h"
#include "optim/penalty.h"
#include "train/batch_pass.h"
#include "train/learner.h"

namespace ffwd {

template <class T>
class BatchObjective final : public ResidualObjective<T> {
 public:
  /// Holds on to what the workshop refers to. Parameters of a segment without a rate do not move. Without
  /// `with_residuals` there is only evaluate().
  BatchObjective(const Workshop<T>& shop, bool with_residuals);

  [[nodiscard]] std::size_t size() const override { return plan_.layout().size(); }
  double evaluate(const T* parameters, T* gradient) override;

  [[nodiscard]] std::span<const std::uint32_t> positions() const override { return positions_; }
  [[nodiscard]] std::size_t n_residuals() const override { return data_.rows * plan_.output().units; }
  void residuals(const T* parameters, std::size_t first, std::size_t n, double* residual, double* jacobian,
                 std::size_t ld) override;
  void half_curvature(double* of_each) const override;

 private:
  /// The memory of one worker for single rows.
  struct Single {
    Single(const Plan<T>& plan) : arena(plan.arena_size()), gradient(plan.layout().size()) {}
    AlignedVector<T> arena, gradient;
  };
  void list_positions();
  void probe_loss(const TrainingRun<T>& run);
  void residuals_of_row(const T* parameters, std::size_t row, std::size_t first, std::size_t n, double* residual,
                        double* jacobian, std::size_t ld, Single& single) const;

  const Plan<T>& plan_;
  const Dataset<T>& data_;
  std::span<const Penalty> penalties_;
  BatchPass<T> pass_;
  std::vector<std::uint32_t> order_, positions_;
  std::vector<Segment> frozen_;
  AlignedVector<T> transposed_;
  std::vector<Single> singles_;  // one for each worker
  std::vector<double> factors_;  // of each output's squared difference in the mean loss of rows that weigh 1
};

}  // namespace ffwd
