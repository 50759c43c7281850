#include "model/class_weights.h"

namespace ffwd {

std::vector<double> balanced_class_weights(std::span<const double> truth, std::span<const double> weights,
                                           std::size_t n_classes) {
  std::vector<double> of_class(n_classes);
  double total = 0;
  for (std::size_t i = 0; i < truth.size(); ++i) {
    const double weight = weights.empty() ? 1 : weights[i];
    of_class[static_cast<std::size_t>(truth[i])] += weight;
    total += weight;
  }
  double n_present = 0;
  for (const double weight : of_class) n_present += weight > 0 ? 1 : 0;
  for (double& weight : of_class) weight = weight > 0 ? total / (n_present * weight) : 1;
  return of_class;
}

}  // namespace ffwd
