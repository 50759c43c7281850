// ffwd's side of the training workloads, through the trainer that `ffwd train` uses; repetitions.h says how it is run.
// An epoch's time has in it the shuffle and the gathering of batches; a whole training's also that of making the
// plan. Many models (W8) are trained side by side, each on one thread, from one copy of the data.
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>

#include "core/denormals.h"
#include "core/thread_pool.h"
#include "ffwd_workload.h"
#include "repetitions.h"
#include "train/batch_pass.h"
#include "train/trainer.h"
#include "workloads.h"

namespace bench {
namespace {

/// Stands for no end: an epoch of a training that goes on while there are turns.
constexpr std::size_t kManyEpochs = 1'000'000;

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
    const double first = pass.run(initial_weights_of(workload_, 0).data());
    const auto trained = train(options_of(workload_, loss_epochs(workload_), 0, threads_), {});
    hash_ = hash_of(trained.parameters);
    return {first, pass.run(trained.parameters.data())};
  }
  /// Of the weights that losses() trained: equal for any number of threads and vector width.
  [[nodiscard]] const std::string& weights_hash() const { return hash_; }

  /// A whole training of each model, side by side.
  double seconds_anew() {
    const double began = now();
    ffwd::parallel_for(threads_, workload_.models, [&](std::size_t model, unsigned) {
      train(options_of(workload_, workload_.epochs, model, workload_.models > 1 ? 1 : threads_), {});
    });
    return now() - began;
  }

  /// Epoch after epoch while there are turns.
  void run_epochs(Turns& turns) {
    if (!turns.next()) return;
    bool over = false;
    ffwd::TrainHooks hooks;
    hooks.clock = now;
    hooks.on_epoch = [&](const ffwd::EpochRecord& epoch) {
      turns.answer(epoch.seconds);
      over = !turns.next();
    };
    hooks.stop = [&] { return over; };
    train(options_of(workload_, kManyEpochs, 0, threads_), hooks);
  }

 private:
  ffwd::Trained<float> train(const ffwd::TrainOptions& options, const ffwd::TrainHooks& hooks) {
    return ffwd::train<float>({.network = network_, .loss = loss_, .train = data_, .options = options, .hooks = hooks});
  }

  /// FNV-1a, 64 bits.
  static std::string hash_of(const ffwd::AlignedVector<float>& weights) {
    std::uint64_t hash = 0xcbf29ce484222325u;
    for (const float weight : weights) hash = (hash ^ std::bit_cast<std::uint32_t>(weight)) * 0x100000001b3u;
    char text[17];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(hash));
    return text;
  }

  const Workload& workload_;
  unsigned threads_;
  ffwd::Dataset<float> data_;
  ffwd::NetworkSpec network_;
  ffwd::Loss loss_;
  std::string hash_;
};

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
  const bench::Arguments arguments = bench::parse_arguments(argc, argv);
  const bench::Workload workload = bench::make_workload(arguments.workload, arguments.rows);
  bench::Training training(workload, arguments.threads);
  const bench::Losses losses = training.losses();
  bench::Turns turns(arguments, "ffwd", workload.name, losses, 1, training.weights_hash());
  if (workload.starts_anew()) {
    while (turns.next()) turns.answer(training.seconds_anew());
  } else {
    training.run_epochs(turns);
  }
}
