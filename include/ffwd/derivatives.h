// Derivatives of a trained model: how its answers move with the cells of a row, how its network's outputs move with
// its features, and how the loss moves with its weights. All are computed in float64, whatever the model computes in.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "ffwd/matrix.h"
#include "ffwd/model.h"
#include "ffwd/table.h"

namespace ffwd {

/// ∂ answer / ∂ cell for each row. Answers are the columns of a prediction (Model::answers). Columns are those that
/// hold numbers and are used as such: a text has no derivative.
struct Sensitivities {
  std::vector<std::string> answers;  ///< names: prediction, sd, probability_yes
  std::vector<std::string> columns;  ///< names
  Matrix values;  ///< [rows, answers · columns], row-major in (answer, column), in the answer's unit per the column's
};
/// Through the preprocessing, the network and the likelihood's link. Where a number lies beyond the range that the
/// model bounds it to, the derivative is 0, as is that of a missing cell.
/// @throws Error(kData) as Model::predict.
[[nodiscard]] Sensitivities sensitivities(const Model& model, const Table& rows);

/// ∂ raw output / ∂ feature for each row, between preprocessing and link: [rows, outputs · features], row-major in
/// (output, feature).
struct NetworkJacobian {
  std::vector<std::string> features;
  std::size_t n_outputs = 0;
  Matrix values;
};
[[nodiscard]] NetworkJacobian network_jacobian(const Model& model, const Table& rows);

/// The mean loss over `rows`, unweighted and without penalties, and its gradient with respect to each tensor.
struct LossGradient {
  struct Tensor {
    std::string name;
    std::vector<std::size_t> shape;
    std::vector<double> values;  ///< row-major
  };
  double loss = 0;
  std::vector<Tensor> tensors;
};
/// @throws Error(kData) a missing target, or a class that the model does not know.
[[nodiscard]] LossGradient loss_gradient(const Model& model, const Table& rows);

/// How well derivatives agree with central differences, for one tensor or for the features.
struct DerivativeCheck {
  std::string group;          ///< a tensor's name, or "features"
  std::size_t n_checked = 0;  ///< numbers compared: all of small groups, 100 picked ones of large ones
  std::size_t n_kinks = 0;    ///< of those not compared: a kink of some unit lies within the step of the difference
  double gradient = 0;        ///< the worst relative error of the loss's gradient
  double hessian = 0;         ///< of the Hessian times a random direction; 0 for the features, which have none
};
/// Over the first 100 of `rows`. An error is relative to the larger of the two numbers, or to a millionth of the
/// largest in its group if both are smaller.
[[nodiscard]] std::vector<DerivativeCheck> check_derivatives(const Model& model, const Table& rows);

}  // namespace ffwd
