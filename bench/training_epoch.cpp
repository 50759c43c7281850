// ffwd's side of workload W3: 8-64-64-1, relu, squared error, Adam, batches of 32, 20,000 rows reshuffled each epoch,
// through the same trainer that `ffwd train` uses. Prints one JSON line per epoch, like floor.cpp.
//
//   training_epoch [epochs]
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>

#include "core/rows.h"
#include "train/trainer.h"

int main(int argc, char** argv) {
  constexpr std::size_t kRows = 20000, kInputs = 8;
  const std::size_t epochs = argc > 1 ? static_cast<std::size_t>(std::atoi(argv[1])) : 10;
  std::mt19937 random(1);
  std::normal_distribution<float> normal;
  ffwd::Dataset<float> data(kRows, kInputs);
  for (std::size_t i = 0; i < kRows; ++i) {
    for (std::size_t j = 0; j < kInputs; ++j) {
      const float x = normal(random);
      data.features[i * data.ld + j] = x;
      data.targets[i] += std::sin(x * static_cast<float>(j + 1) * 0.3f);
    }
  }
  ffwd::TrainHooks hooks;
  hooks.clock = [] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
  };
  hooks.on_epoch = [](const ffwd::EpochRecord& e) {
    std::printf("{\"workload\": \"W3\", \"peer\": \"ffwd\", \"epoch\": %zu, \"seconds\": %.6f, \"loss\": %.6f}\n",
                e.epoch - 1, e.seconds, e.train_loss);
  };
  const ffwd::TrainOptions options{
      .optimizer = "adam", .schedule = "constant", .batch_size = 32, .epochs = epochs, .patience = 0, .threads = 1};
  const ffwd::NetworkSpec network = ffwd::dense_network(kInputs, {64, 64}, {"relu"}, 1);
  const ffwd::Loss loss(*ffwd::find_row(ffwd::losses(), "mse"));
  const auto trained =
      ffwd::train<float>({.network = network, .loss = loss, .train = data, .options = options, .hooks = hooks});
  return trained.epochs == epochs ? 0 : 1;
}
