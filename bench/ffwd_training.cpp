// ffwd's side of the training workloads, through the trainer that `ffwd train` uses; repetitions.h says how it is run.
// An epoch's time has in it the shuffle and the gathering of batches; a whole training's also that of making the
// plan. Many models (W8) are trained side by side, each on one thread, from one copy of the data.
#include <cmath>
#include <string>
#include <vector>

#include "core/denormals.h"
#include "core/rows.h"
#include "core/thread_pool.h"
#include "network/initialise.h"
#include "repetitions.h"
#include "train/batch_pass.h"
#include "train/trainer.h"
#include "workloads.h"

namespace bench {
namespace {

/// Stands for no end: an epoch of a training that goes on while there are turns.
constexpr std::size_t kManyEpochs = 1'000'000;

ffwd::Dataset<float> dataset_of(const Workload& w) {
  ffwd::Dataset<float> data(w.rows, w.inputs());
  for (std::size_t i = 0; i < w.rows; ++i) std::copy_n(&w.x[i * w.inputs()], w.inputs(), &data.features[i * data.ld]);
  std::copy(w.y.begin(), w.y.end(), data.targets.begin());
  return data;
}

ffwd::NetworkSpec network_of(const Workload& w) {
  return ffwd::dense_network(w.inputs(), {w.sizes.begin() + 1, w.sizes.end() - 1}, {w.unit}, w.outputs());
}

ffwd::Loss loss_of(const Workload& w) {
  const std::string name =
      w.loss == "ce" ? "categorical_cross_entropy" : (w.loss == "bce" ? "binary_cross_entropy" : "mse");
  return ffwd::Loss(*ffwd::find_row(ffwd::losses(), name));
}

class Training {
 public:
  Training(const Workload& workload, unsigned threads)
      : workload_(workload),
        threads_(threads),
        data_(dataset_of(workload)),
        network_(network_of(workload)),
        loss_(loss_of(workload)) {}

  Losses losses() {
    const ffwd::FlushDenormals flush;
    const ffwd::Plan<float> plan = ffwd::compile<float>(network_, ffwd::kShardRows);
    ffwd::ValidationPass<float> pass(plan, loss_, data_, threads_);
    const ffwd::TrainOptions options = options_for(workload_.starts_anew() ? workload_.epochs : kLossEpochs, 0);
    ffwd::AlignedVector<float> start(plan.layout().size());
    ffwd::initialise(plan.layout(), options.seed, start.data(), *ffwd::find_initial_weights(options.initial_weights));
    const double first = pass.run(start.data());
    return {first, pass.run(train(options, {}).parameters.data())};
  }

  /// A whole training of each model, side by side.
  double seconds_anew() {
    const double began = now();
    ffwd::parallel_for(threads_, workload_.models, [&](std::size_t model, unsigned) {
      ffwd::TrainOptions options = options_for(workload_.epochs, model);
      if (workload_.models > 1) options.threads = 1;
      train(options, {});
    });
    return now() - began;
  }

  /// Epoch after epoch while there are turns.
  void run_epochs(Turns& turns) {
    if (!turns.next()) return;
    bool over = false;
    const ffwd::TrainHooks hooks{.clock = now,
                                 .on_epoch =
                                     [&](const ffwd::EpochRecord& epoch) {
                                       turns.answer(epoch.seconds);
                                       over = !turns.next();
                                     },
                                 .stop = [&] { return over; }};
    train(options_for(kManyEpochs, 0), hooks);
  }

 private:
  ffwd::Trained<float> train(const ffwd::TrainOptions& options, const ffwd::TrainHooks& hooks) {
    return ffwd::train<float>({.network = network_, .loss = loss_, .train = data_, .options = options, .hooks = hooks});
  }

  [[nodiscard]] ffwd::TrainOptions options_for(std::size_t epochs, std::size_t model) const {
    return {.optimizer = workload_.optimizer,
            .learning_rate = workload_.rate(),
            .schedule = "constant",
            .batch_size = workload_.batch,
            .epochs = epochs,
            .patience = 0,
            .initial_weights = workload_.unit == "relu" ? "he_normal" : "auto",
            .seed = kSeed + model,
            .threads = threads_};
  }

  // Of the first few seeds, one from which two tanh units learn the exclusive or (W2): not all do, in any program.
  static constexpr std::size_t kSeed = 1;

  const Workload& workload_;
  unsigned threads_;
  ffwd::Dataset<float> data_;
  ffwd::NetworkSpec network_;
  ffwd::Loss loss_;
};

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
  const bench::Arguments arguments = bench::parse_arguments(argc, argv);
  const bench::Workload workload = bench::make_workload(arguments.workload, arguments.rows);
  bench::Training training(workload, arguments.threads);
  bench::Turns turns(arguments, "ffwd", workload.name, training.losses());
  if (workload.starts_anew()) {
    while (turns.next()) turns.answer(training.seconds_anew());
  } else {
    training.run_epochs(turns);
  }
}
