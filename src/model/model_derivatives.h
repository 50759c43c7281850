// The parts of a model that derivatives are computed from, in float64.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "core/aligned.h"
#include "ffwd/matrix.h"
#include "ffwd/model.h"
#include "ffwd/table.h"
#include "network/derivatives.h"
#include "pipeline/pipeline.h"

namespace ffwd {

/// The weights of each member in float64, in the layout of the network's float64 plan.
[[nodiscard]] std::vector<AlignedVector<double>> parameters_in_double(const Model& model);

/// The weights of the only member.
/// @throws Error(kUsage) there are several, and `what` is not defined for their mean.
[[nodiscard]] AlignedVector<double> parameters_of_one(const Model& model, const std::string& what);

/// [rows, features] of these rows of the table.
[[nodiscard]] Matrix features_in_double(const Model& model, const Table& table, std::span<const RowIndex> rows);

/// The mean loss over some rows, as Derivatives wants it. Holds what it is made of.
class MeanLoss {
 public:
  /// @throws Error(kData) a missing target, or a class that the model does not know.
  MeanLoss(const Model& model, const Table& table, std::span<const RowIndex> rows);

  [[nodiscard]] OutputRule<double> rule() const;
  /// For raw outputs [rows, outputs].
  [[nodiscard]] double value(const Matrix& outputs) const;

 private:
  using Rows = OutputRule<double>::Rows;
  void run(const Rows& rows, double* per_row, double* d, const double* y_dot, double* d_dot) const;

  const Model& model_;
  std::size_t n_rows_, target_ld_;
  AlignedVector<double> targets_;
};

/// Numbers 0 … n − 1.
[[nodiscard]] std::vector<RowIndex> all_rows(std::size_t n);

}  // namespace ffwd
