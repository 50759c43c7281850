// FANN's side of W1 and W2. It knows no batches between one row and all of them, and only squared errors: W1 is the
// same training as everyone's, W2 is online with a sigmoid output, whose squared error takes a rate of its own to be
// learned in as many epochs. The losses reported are the workload's own. repetitions.h says how it is run.
#include <floatfann.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "repetitions.h"
#include "tiny_weights.h"
#include "workloads.h"

namespace bench {
namespace {

struct Destroy {
  void operator()(fann* f) const { fann_destroy(f); }
  void operator()(fann_train_data* d) const { fann_destroy_train(d); }
};
using Network = std::unique_ptr<fann, Destroy>;
using Data = std::unique_ptr<fann_train_data, Destroy>;

Data data_of(const Workload& w) {
  Data data(fann_create_train(static_cast<unsigned>(w.rows), static_cast<unsigned>(w.inputs()), 1));
  for (std::size_t i = 0; i < w.rows; ++i) {
    std::copy_n(&w.x[i * w.inputs()], w.inputs(), data->input[i]);
    data->output[i][0] = w.y[i];
  }
  return data;
}

/// Units are numbered layer by layer, each layer's bias after its units.
void begin_with_ffwds_weights(fann* f, const Workload& w) {
  const auto inputs = static_cast<unsigned>(w.inputs()), hidden = static_cast<unsigned>(w.sizes[1]);
  const float* const first = w.name == "W1" ? FirstSine::kHidden : &FirstXor::kHidden[0][0];
  const float* const second = w.name == "W1" ? FirstSine::kOutput : FirstXor::kOutput;
  const unsigned first_hidden = inputs + 1, output = first_hidden + hidden + 1;
  for (unsigned h = 0; h < hidden; ++h) {
    for (unsigned i = 0; i < inputs; ++i) fann_set_weight(f, i, first_hidden + h, first[h * inputs + i]);
    fann_set_weight(f, inputs, first_hidden + h, 0);
    fann_set_weight(f, first_hidden + h, output, second[h]);
  }
  fann_set_weight(f, first_hidden + hidden, output, 0);
}

Network network_of(const Workload& w) {
  const std::vector<unsigned> sizes(w.sizes.begin(), w.sizes.end());
  Network network(fann_create_standard_array(static_cast<unsigned>(sizes.size()), sizes.data()));
  fann* const f = network.get();
  const bool sine = w.name == "W1";
  fann_set_activation_function_hidden(f, FANN_SIGMOID_SYMMETRIC);
  fann_set_activation_function_output(f, sine ? FANN_LINEAR : FANN_SIGMOID);
  fann_set_activation_steepness_hidden(f, 1);
  fann_set_activation_steepness_output(f, sine ? 1 : 0.5f);  // its sigmoid is 1 / (1 + exp(-2 s x))
  begin_with_ffwds_weights(f, w);
  fann_set_learning_momentum(f, 0);
  fann_set_train_error_function(f, FANN_ERRORFUNC_LINEAR);
  fann_set_training_algorithm(f, sine ? FANN_TRAIN_BATCH : FANN_TRAIN_INCREMENTAL);
  // It descends half the squared error: twice the rate for W1 is the same step.
  fann_set_learning_rate(f, sine ? 2 * static_cast<float>(w.rate()) : 1.0f);
  return network;
}

Network train(const Workload& w, fann_train_data* data) {
  Network network = network_of(w);
  for (std::size_t e = 0; e < w.epochs; ++e) {
    if (w.batch == 1) fann_shuffle_train_data(data);
    fann_train_epoch(network.get(), data);
  }
  return network;
}

double loss_of(const Workload& w, fann* network) {
  std::vector<float> x = w.x;
  double sum = 0;
  for (std::size_t i = 0; i < w.rows; ++i) {
    const double out = *fann_run(network, &x[i * w.inputs()]), y = w.y[i];
    sum += w.loss == "mse" ? (out - y) * (out - y) : -std::log(y > 0 ? out : 1 - out);
  }
  return sum / static_cast<double>(w.rows);
}

void run(const Arguments& arguments, const Workload& w) {
  if (w.name != "W1" && w.name != "W2") refuse("FANN has no batches and no ReLU: W1 and W2, not '" + w.name + "'");
  const Data data = data_of(w);
  const Losses losses{loss_of(w, network_of(w).get()), loss_of(w, train(w, data.get()).get())};
  Turns turns(arguments, "FANN", w.name, losses);
  while (turns.next()) {
    const double began = now();
    const Network trained = train(w, data.get());
    turns.answer(now() - began);
  }
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
  const bench::Arguments arguments = bench::parse_arguments(argc, argv);
  bench::run(arguments, bench::make_workload(arguments.workload));
}
