// A workshop for tests of learners and objectives: a network, data and options, with all that they need.
#pragma once

#include "core/rows.h"
#include "network/compile.h"
#include "network/initialise.h"
#include "train/learner.h"
#include "train/made_up_data.h"
#include "train/rate_groups.h"
#include "train/train_options.h"

namespace ffwd {

template <class T>
struct MadeWorkshop {
  MadeWorkshop(Dataset<T> rows, NetworkSpec spec, TrainOptions given, const char* loss_name = "mse")
      : loss(*find_row(losses(), loss_name)),
        data(std::move(rows)),
        network(std::move(spec)),
        options(settled(std::move(given), data.rows)),
        plan(compile<T>(network, std::min(options.batch_size, kShardRows))),
        run{.network = network, .loss = loss, .train = data, .options = options, .hooks = hooks},
        clock(hooks, 0),
        penalties(smooth_penalties(options)),
        segments(rate_segments(plan.layout(), options)),
        shop{.run = run,
             .options = options,
             .plan = plan,
             .clock = clock,
             .penalties = penalties,
             .segments = segments,
             .threads = 2} {}
  MadeWorkshop(const MadeWorkshop&) = delete;

  [[nodiscard]] AlignedVector<T> initial() const {
    AlignedVector<T> parameters(plan.layout().size());
    initialise(plan.layout(), options.seed, parameters.data());
    return parameters;
  }

  const Loss loss;
  TrainHooks hooks;
  Dataset<T> data;
  NetworkSpec network;
  TrainOptions options;
  Plan<T> plan;
  TrainingRun<T> run;
  RunClock clock;
  std::vector<Penalty> penalties;
  std::vector<Segment> segments;
  Workshop<T> shop;
};

}  // namespace ffwd
