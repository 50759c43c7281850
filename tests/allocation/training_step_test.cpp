// Nothing is allocated in a training step, and nothing locked where one thread does it: for every row of the tables of
// units, losses, layers, optimisers and schedules. Rows added later are walked as they stand.
#include <gtest/gtest.h>

#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include "allocation/counting.h"
#include "core/rows.h"
#include "network/compile.h"
#include "network/initialise.h"
#include "network/layer.h"
#include "optim/optimizer.h"
#include "optim/schedule.h"
#include "train/batch_pass.h"
#include "train/made_up_data.h"
#include "train/trainer.h"

namespace ffwd {
namespace {

constexpr std::size_t kFeatures = 5;

/// Outputs of a network for a loss: one for each class where the target is the number of a class.
std::size_t outputs_for(const Loss& loss) {
  return loss.n_outputs(loss.row().targets == LossTargets::kClasses ? 3 : 1);
}

/// What rows bring along besides features: one target, weights, or several targets with holes and weights.
enum class Rows { kPlain, kWeighted, kWithHoles };

/// Targets 0 and 1, which every loss takes: as a number, a count, or the number of a class.
template <class T>
Dataset<T> data_for_any_loss(std::size_t rows, Rows kind) {
  Dataset<T> data = made_up_data<T>(rows, kFeatures, 2);
  if (kind == Rows::kPlain) return data;
  for (std::size_t r = 0; r < rows; ++r) data.weights.push_back(static_cast<T>(1 + r % 3));
  if (kind == Rows::kWeighted) return data;
  Dataset<T> several(rows, kFeatures, 2);
  several.features = data.features;
  several.weights = data.weights;
  for (std::size_t r = 0; r < rows; ++r) {
    several.targets[r * several.targets_ld] = data.targets[r];
    several.targets[r * several.targets_ld + 1] = r % 4 == 0 ? std::numeric_limits<T>::quiet_NaN() : T{1};
    several.masses.push_back(data.weights[r] * (r % 4 == 0 ? T{0.5} : T{1}));
  }
  return several;
}

/// A layer of this type and unit on `size` numbers of a dense one.
void add_layer(const LayerRow& row, const UnitRow& unit, std::size_t size, NetworkSpec& spec) {
  const std::string before = spec.layers.empty() ? spec.inputs[0].name : spec.layers.back().name;
  const std::string dense = "dense" + std::to_string(size);
  spec.layers.push_back({.name = dense, .type = "dense", .from = {before}, .size = size});
  LayerSpec layer{.name = "layer" + std::to_string(size), .type = std::string(row.name), .from = {dense}, .size = size};
  layer.unit = unit.name;
  if (row.reads_codes) {  // one of the features, and what comes of it joins the dense one's numbers
    --spec.inputs[0].size;
    spec.inputs.push_back({.name = "code" + std::to_string(size), .size = 1});
    layer.from = {spec.inputs.back().name};
    layer.options["categories"] = 2;
    spec.layers.push_back(layer);
    layer = {.name = "sum" + std::to_string(size), .type = "add", .from = {dense, layer.name}, .size = size};
  }
  if (!row.joins && row.size == LayerSize::kSameAsAll) layer.from.push_back(dense);
  if (row.name == "units") {
    layer.graph = {.units = {{"a", std::string(unit.name)}, {"b", "tanh"}},
                   .edges = {{dense + ".0", "a"}, {"a", "b"}, {dense + ".1", "b"}},
                   .outputs = {"a", "b"}};
    layer.size = 2;
  }
  spec.layers.push_back(std::move(layer));
}

/// Layers of this type and unit, wide and narrow, and the dense output that losses want.
NetworkSpec network_of(const LayerRow& layer, const UnitRow& unit, std::size_t outputs) {
  NetworkSpec spec{.inputs = {{.name = "x", .size = kFeatures}}};
  add_layer(layer, unit, 20, spec);
  add_layer(layer, unit, 3, spec);
  spec.layers.push_back({.name = "output", .type = "dense", .from = {spec.layers.back().name}, .size = outputs});
  spec.outputs = {"output"};
  spec.validate();
  return spec;
}

const OptimizerRow& sgd() { return *find_row(optimizers(), "sgd"); }

struct Case {
  NetworkSpec network;
  const Loss& loss;
  const OptimizerRow& optimizer;
  Rows rows = Rows::kPlain;
};

/// All that a run of steps needs, made before the first.
template <class T>
class Steps {
 public:
  Steps(const Case& made, std::size_t batch, unsigned threads)
      : data_(data_for_any_loss<T>(2 * batch, made.rows)),
        plan_(compile<T>(made.network, std::min(batch, kShardRows))),
        pass_(plan_, made.loss, data_, batch, threads),
        validation_(plan_, made.loss, data_, threads),
        optimizer_(make_optimizer<T>(made.optimizer, plan_.layout().size(), {})),
        parameters_(plan_.layout().size()),
        gradient_(parameters_.size()),
        order_(batch) {
    std::iota(order_.begin(), order_.end(), 0u);
    initialise(plan_.layout(), 1, parameters_.data());
  }

  double run(int n) {
    double loss = 0;
    for (int k = 0; k < n; ++k) {
      loss += pass_.run(parameters_.data(), order_, gradient_.data());
      optimizer_->step(parameters_.data(), gradient_.data(), 1e-5);
      loss += validation_.run(parameters_.data());
    }
    return loss;
  }

 private:
  Dataset<T> data_;
  Plan<T> plan_;
  BatchPass<T> pass_;
  ValidationPass<T> validation_;
  std::unique_ptr<Optimizer<T>> optimizer_;
  AlignedVector<T> parameters_, gradient_;
  std::vector<std::uint32_t> order_;
};

template <class T>
void expect_quiet_steps(const Case& made) {
  Steps<T> small(made, 32, 1), several(made, 2 * kShardRows + 7, 1), shared(made, 2 * kShardRows + 7, 2);
  double loss = small.run(1) + several.run(1) + shared.run(1);  // the pool starts its threads at the first use
  const Since start;
  loss += small.run(3) + several.run(2);
  EXPECT_EQ(start.allocations(), 0U);
  EXPECT_EQ(start.locks(), 0U);
  loss += shared.run(2);
  EXPECT_EQ(start.allocations(), 0U) << "on two threads";
  EXPECT_TRUE(std::isfinite(loss));
}

void expect_quiet(const Case& made) {
  expect_quiet_steps<float>(made);
  expect_quiet_steps<double>(made);
}

TEST(TrainingStep, OfEveryLayerAndUnitNeitherAllocatesNorLocks) {
  const Loss loss(*find_row(losses(), "mse"));
  for (const LayerRow* layer : layers()) {
    for (const UnitRow& unit : units()) {
      SCOPED_TRACE(std::string(layer->name) + " " + std::string(unit.name));
      expect_quiet({network_of(*layer, unit, outputs_for(loss)), loss, sgd()});
    }
  }
}

TEST(TrainingStep, OfEveryLossNeitherAllocatesNorLocks) {
  const LayerRow& dense = *find_row(layers(), "dense");
  for (const LossRow* row : losses()) {
    SCOPED_TRACE(row->name);
    const Loss loss(*row);
    const NetworkSpec network = network_of(dense, *find_unit("tanh"), outputs_for(loss));
    for (const Rows rows : {Rows::kPlain, Rows::kWeighted}) expect_quiet({network, loss, sgd(), rows});
    if (row->targets == LossTargets::kClasses) continue;
    expect_quiet({network_of(dense, *find_unit("tanh"), loss.n_outputs(2)), loss, sgd(), Rows::kWithHoles});
  }
}

TEST(TrainingStep, OfEveryFirstOrderOptimizerNeitherAllocatesNorLocks) {
  const Loss loss(*losses().front());
  const NetworkSpec network = network_of(*layers().front(), units().front(), outputs_for(loss));
  for (const OptimizerRow* optimizer : optimizers_of(/*full_batch=*/false)) {
    SCOPED_TRACE(std::string(optimizer->name));
    expect_quiet({network, loss, *optimizer});
  }
}

// The trainer's own loop around these: rates, penalties and the hooks it asks and tells. It reports every 64 steps;
// between two reports of an epoch nothing may happen.
template <class T>
void expect_quiet_training(const OptimizerRow& optimizer, const ScheduleRow& schedule) {
  const Dataset<T> data = data_for_any_loss<T>(4 * 64 * 8, Rows::kPlain),
                   valid = data_for_any_loss<T>(50, Rows::kPlain);
  TrainOptions options;
  options.optimizer = optimizer.name;
  options.schedule = schedule.name;
  options.batch_size = 8;
  options.epochs = 2;
  options.l2 = 1e-4;
  options.l1 = 1e-4;
  options.l1_by = schedule.warms_up ? "subgradient" : "proximal";  // some of each
  options.clip_norm = 1;
  options.average = schedule.warms_up ? 1 : 0;
  options.rate_for = {{"output.*", 0.5}};
  options.threads = 1;
  options.warmup = schedule.warms_up ? 0 : 0.1;
  options.time_limit = 1e9;
  const Loss loss(*losses().front());
  Counts last;
  std::size_t n_compared = 0;
  TrainHooks hooks;
  hooks.stop = [] { return false; };
  hooks.clock = [] { return 1.0; };
  hooks.on_step = [&](std::size_t step, std::size_t) {
    const Counts now = counted();
    if (step > 1) {
      EXPECT_EQ(now.allocations, last.allocations) << "before step " << step;
      EXPECT_EQ(now.locks, last.locks) << "before step " << step;
      ++n_compared;
    }
    last = counted();
  };
  const NetworkSpec network = dense_network(kFeatures, {12}, {"relu"}, outputs_for(loss));
  (void)train<T>(
      {.network = network, .loss = loss, .train = data, .valid = &valid, .options = options, .hooks = hooks});
  EXPECT_EQ(n_compared, 2U * 3U);
}

// An iteration of a full-batch optimiser: from where it asks whether to stop to where it says that it has made a step.
TEST(TrainingStep, OfEveryFullBatchOptimizerNeitherAllocatesNorLocks) {
  const Dataset<double> data = data_for_any_loss<double>(2 * kShardRows, Rows::kPlain);
  const NetworkSpec network = dense_network(kFeatures, {6}, {"tanh"}, 1);
  for (const OptimizerRow* optimizer : optimizers_of(/*full_batch=*/true)) {
    SCOPED_TRACE(optimizer->name);
    const TrainOptions options{.optimizer = std::string(optimizer->name), .l2 = 1e-4, .epochs = 20, .threads = 1};
    Counts before;
    std::size_t n_compared = 0;
    TrainHooks hooks;
    hooks.stop = [&] {
      before = counted();
      return false;
    };
    hooks.on_step = [&](std::size_t, std::size_t) {
      const Counts now = counted();
      EXPECT_EQ(now.allocations, before.allocations);
      EXPECT_EQ(now.locks, before.locks);
      ++n_compared;
    };
    const Loss loss(*find_row(losses(), "mse"));
    (void)train<double>({.network = network, .loss = loss, .train = data, .options = options, .hooks = hooks});
    EXPECT_EQ(n_compared, 20U);
  }
}

TEST(TrainingStep, OfTheTrainerNeitherAllocatesNorLocksWithAnyOptimizerAndSchedule) {
  for (const OptimizerRow* optimizer : optimizers_of(/*full_batch=*/false)) {
    for (const ScheduleRow* schedule : schedules()) {
      SCOPED_TRACE(std::string(optimizer->name) + " " + std::string(schedule->name));
      expect_quiet_training<float>(*optimizer, *schedule);
      expect_quiet_training<double>(*optimizer, *schedule);
    }
  }
}

}  // namespace
}  // namespace ffwd
