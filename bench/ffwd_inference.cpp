// ffwd's side of the inference workloads: I1, a row at a time through a Predictor, from raw cells to answers (a
// repetition is as many calls as there are rows), and I2, all rows in one call, from features to the likelihood's
// answers; repetitions.h says how it is run.
#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/denormals.h"
#include "ffwd/predictor.h"
#include "ffwd_workload.h"
#include "model/engine.h"
#include "repetitions.h"
#include "workloads.h"

namespace bench {
namespace {

/// A model of the workload's network, trained for an epoch on a table in which every class occurs.
ffwd::Model model_of(const Workload& w) {
  const std::size_t rows = std::max(w.rows, 2 * w.outputs());
  ffwd::Table table;
  for (std::size_t j = 0; j < w.inputs(); ++j) {
    std::vector<double> column;
    for (std::size_t i = 0; i < rows; ++i) column.push_back(static_cast<double>(w.x[(i % w.rows) * w.inputs() + j]));
    table.add_numbers("x" + std::to_string(j), std::move(column));
  }
  std::vector<std::optional<std::string>> classes;
  for (std::size_t i = 0; i < rows; ++i) {
    const std::size_t number = i < 2 * w.outputs() ? i / 2 : static_cast<std::size_t>(w.y[i % w.rows]);
    classes.emplace_back("c" + std::to_string(number));
  }
  table.add_text("class", classes);
  ffwd::FitOptions options;
  options.targets = {"class"};
  options.hidden.emplace();
  for (std::size_t l = 1; l + 1 < w.sizes.size(); ++l) {
    *options.hidden += (l > 1 ? "," : "") + std::to_string(w.sizes[l]);
  }
  options.valid_fraction = options.test_fraction = 0;
  options.train.epochs = 1;
  options.train.threads = 1;
  const ffwd::Model model = *ffwd::fit(table, nullptr, nullptr, options).model;
  if (model.answers().size() != w.outputs() || model.network().n_inputs() != w.inputs()) {
    std::fprintf(stderr, "the model is not the workload's\n");
    std::exit(1);
  }
  return model;
}

void one_by_one(const Arguments& arguments, const Workload& w) {
  const ffwd::Model model = model_of(w);
  ffwd::Predictor predictor(model);
  const std::vector<double> cells(w.x.begin(), w.x.end());
  double sum = 0;
  Turns turns(arguments, "ffwd", w.name, std::nullopt, w.rows);
  while (turns.next()) {
    const double began = now();
    for (std::size_t i = 0; i < w.rows; ++i) {
      sum += predictor.predict(std::span<const double>(cells).subspan(i * w.inputs(), w.inputs()))[0];
    }
    turns.answer(now() - began);
  }
  if (!(sum > 0)) std::exit(1);  // also keeps the compiler from leaving the answers out
}

void all_at_once(const Arguments& arguments, const Workload& w) {
  const ffwd::Engine<float> engine(network_of(w), std::vector<ffwd::AlignedVector<float>>{initial_weights_of(w, 0)});
  const ffwd::Loss loss = loss_of(w);
  const ffwd::Dataset<float> data = dataset_of(w);
  ffwd::Matrix answers(w.rows, w.outputs());
  const ffwd::FlushDenormals flush;

  Turns turns(arguments, "ffwd", w.name, std::nullopt, 1);
  while (turns.next()) {
    const double began = now();
    ffwd::run_network(engine, loss, data.features, data.ld, arguments.threads, answers);
    turns.answer(now() - began);
  }
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
  const bench::Arguments arguments = bench::parse_arguments(argc, argv);
  const bench::Workload w = bench::make_workload(arguments.workload, arguments.rows);
  w.batch == 1 ? bench::one_by_one(arguments, w) : bench::all_at_once(arguments, w);
}
