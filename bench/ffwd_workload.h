// A workload in ffwd's own terms.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>

#include "core/rows.h"
#include "dataset/dataset.h"
#include "ffwd/network.h"
#include "ffwd/train.h"
#include "loss/loss.h"
#include "network/compile.h"
#include "network/initialise.h"
#include "workloads.h"

namespace bench {

/// Of the first few seeds, one from which two tanh units learn the exclusive or (W2); not all do, in any program. The
/// models of a workload take this and the next ones.
inline constexpr std::size_t kSeed = 1;

inline ffwd::Dataset<float> dataset_of(const Workload& w) {
  ffwd::Dataset<float> data(w.rows, w.inputs());
  for (std::size_t i = 0; i < w.rows; ++i) std::copy_n(&w.x[i * w.inputs()], w.inputs(), &data.features[i * data.ld]);
  std::copy(w.y.begin(), w.y.end(), data.targets.begin());
  return data;
}

inline ffwd::NetworkSpec network_of(const Workload& w) {
  return ffwd::dense_network(w.inputs(), {w.sizes.begin() + 1, w.sizes.end() - 1}, {w.unit}, w.outputs());
}

inline ffwd::Loss loss_of(const Workload& w) {
  const std::string name =
      w.loss == "ce" ? "categorical_cross_entropy" : (w.loss == "bce" ? "binary_cross_entropy" : "mse");
  return ffwd::Loss(*ffwd::find_row(ffwd::losses(), name));
}

inline ffwd::TrainOptions options_of(const Workload& w, std::size_t epochs, std::size_t model, unsigned threads) {
  ffwd::TrainOptions options;
  options.optimizer = w.optimizer;
  if (w.optimizer == "sgd") options.optimizer_options.momentum = 0.0;
  options.learning_rate = w.rate();
  options.schedule = "constant";
  options.batch_size = w.batch;
  options.epochs = epochs;
  options.patience = 0;
  options.initial_weights = w.unit == "relu" ? "he_normal" : "auto";
  options.seed = kSeed + model;
  options.threads = threads;
  return options;
}

/// The weights that training begins with, in the layout of a plan of the network.
inline ffwd::AlignedVector<float> initial_weights_of(const Workload& w, std::size_t model) {
  const ffwd::Plan<float> plan = ffwd::compile<float>(network_of(w), 1);
  const ffwd::TrainOptions options = options_of(w, 1, model, 1);
  ffwd::AlignedVector<float> weights(plan.layout().size());
  ffwd::initialise(plan.layout(), options.seed, weights.data(), *ffwd::find_initial_weights(options.initial_weights));
  return weights;
}

}  // namespace bench
