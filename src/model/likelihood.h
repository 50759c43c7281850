// Which loss, and with it which likelihood, a task is trained with.
#pragma once

#include "core/rows.h"
#include "ffwd/metrics.h"
#include "loss/loss.h"

namespace ffwd {

[[nodiscard]] inline const LossRow& loss_for(Task task) {
  const char* name = task == Task::kRegression ? "mse"
                     : task == Task::kBinary   ? "binary_cross_entropy"
                                               : "categorical_cross_entropy";
  return *find_row(losses(), name);
}

}  // namespace ffwd
