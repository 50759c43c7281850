// ffwd's side of the inference workloads: I1, a row at a time (a repetition is as many calls as there are rows), and
// I2, all rows in one call. Features to the likelihood's answers; repetitions.h says how it is run.
#include <cmath>
#include <cstddef>
#include <limits>

#include "core/denormals.h"
#include "core/rows.h"
#include "model/engine.h"
#include "network/initialise.h"
#include "repetitions.h"
#include "workloads.h"

namespace bench {
namespace {

ffwd::Engine<float> engine_of(const Workload& w) {
  const ffwd::NetworkSpec network =
      ffwd::dense_network(w.inputs(), {w.sizes.begin() + 1, w.sizes.end() - 1}, {w.unit}, w.outputs());
  const ffwd::Plan<float> plan = ffwd::compile<float>(network, 1);
  ffwd::AlignedVector<float> parameters(plan.layout().size());
  ffwd::initialise(plan.layout(), 1, parameters.data());
  return {network, std::move(parameters)};
}

void run(const Arguments& arguments, const Workload& w) {
  const bool one_by_one = w.batch == 1;
  const ffwd::Engine<float> engine = engine_of(w);
  const ffwd::Loss loss(*ffwd::find_row(ffwd::losses(), "categorical_cross_entropy"));
  const std::size_t ld = ffwd::padded<float>(w.inputs());
  ffwd::AlignedVector<float> features(w.rows * ld);
  for (std::size_t i = 0; i < w.rows; ++i) std::copy_n(&w.x[i * w.inputs()], w.inputs(), &features[i * ld]);
  ffwd::Matrix answers(w.rows, w.outputs());
  const ffwd::FlushDenormals flush;

  constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  Turns turns(arguments, "ffwd", w.name, {kNone, kNone}, one_by_one ? w.rows : 1);
  while (turns.next()) {
    const double began = now();
    if (one_by_one) {
      for (std::size_t i = 0; i < w.rows; ++i) ffwd::run_network(engine, loss, &features[i * ld], ld, 1, answers, i);
    } else {
      ffwd::run_network(engine, loss, features, ld, arguments.threads, answers);
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
