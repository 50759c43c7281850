// ffwd's side of the inference workloads: I1, a row at a time (a repetition is as many calls as there are rows), and
// I2, all rows in one call. Features to the likelihood's answers; repetitions.h says how it is run.
#include <cstddef>
#include <optional>
#include <vector>

#include "core/denormals.h"
#include "ffwd_workload.h"
#include "model/engine.h"
#include "repetitions.h"
#include "workloads.h"

namespace bench {
namespace {

void run(const Arguments& arguments, const Workload& w) {
  const bool one_by_one = w.batch == 1;
  const ffwd::Engine<float> engine(network_of(w), std::vector<ffwd::AlignedVector<float>>{initial_weights_of(w, 0)});
  const ffwd::Loss loss = loss_of(w);
  const ffwd::Dataset<float> data = dataset_of(w);
  ffwd::Matrix answers(w.rows, w.outputs());
  const ffwd::FlushDenormals flush;

  Turns turns(arguments, "ffwd", w.name, std::nullopt, one_by_one ? w.rows : 1);
  while (turns.next()) {
    const double began = now();
    if (one_by_one) {
      for (std::size_t i = 0; i < w.rows; ++i)
        ffwd::run_network(engine, loss, &data.features[i * data.ld], data.ld, 1, answers, i);
    } else {
      ffwd::run_network(engine, loss, data.features, data.ld, arguments.threads, answers);
    }
    turns.answer(now() - began);
  }
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
  const bench::Arguments arguments = bench::parse_arguments(argc, argv);
  bench::run(arguments, bench::make_workload(arguments.workload, arguments.rows));
}
