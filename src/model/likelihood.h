// Which loss, and with it which likelihood, a task is trained with.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ffwd/metrics.h"
#include "loss/loss.h"

namespace ffwd {

/// The losses that fit the task: the usual one first.
[[nodiscard]] std::vector<std::string> loss_names(Task task);

/// The loss called `name`, or the task's usual one for "auto"; null where there is none of that name for the task.
[[nodiscard]] const LossRow* find_loss(Task task, std::string_view name);

}  // namespace ffwd
