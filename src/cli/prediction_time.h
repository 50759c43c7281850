// How long models take to predict, measured side by side.
#pragma once

#include <functional>

#include "ffwd/model.h"
#include "ffwd/table.h"

namespace ffwd {

/// Seconds for a row, cells in and answers out.
struct PredictionTime {
  double one_row = 0.0;  ///< one at a time, by a Predictor
  double batch = 0.0;    ///< many at a time, by Model::predict on one thread
};

struct PredictionTimes {
  PredictionTime before, after;
};

/// The least of several runs in turn on the first rows of `table`, at least one, which both models can read.
[[nodiscard]] PredictionTimes time_predictions(const Model& before, const Model& after, const Table& table,
                                               const std::function<double()>& clock);

}  // namespace ffwd
