// Which loss, and with it which likelihood, a task is trained with. The two are names of one row of the losses.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/json_reader.h"
#include "ffwd/metrics.h"
#include "ffwd/model.h"
#include "loss/loss.h"
#include "pipeline/target.h"

namespace ffwd {

/// The losses that fit the task: the usual one first.
[[nodiscard]] std::vector<std::string> loss_names(Task task);
/// Their likelihoods, in the same order.
[[nodiscard]] std::vector<std::string> likelihood_names(Task task);

/// The loss called `name`, or the task's usual one for "auto"; null where there is none of that name for the task.
[[nodiscard]] const LossRow* find_loss(Task task, std::string_view name);

/// What `--loss`, `--likelihood` and their options ask for.
/// @throws Error(kUsage) neither fits the task, the two contradict each other, or an option belongs to another loss.
[[nodiscard]] Loss choose_loss(Task task, const FitOptions& options);

/// What the loss compares its outputs with.
[[nodiscard]] Values values_of(const Loss& loss);

/// The file's "likelihood" key: both names, and the options that differ from what they are if nothing is said.
[[nodiscard]] Json likelihood_json(const Loss& loss);
/// @throws Error(kModel) anything that likelihood_json would not have written for a model of this task.
[[nodiscard]] Loss likelihood_from_json(const JsonReader& model, Task task);

/// "" if these are levels of quantiles: rising, within (0, 1), at least one and not too many; else what is wrong.
[[nodiscard]] std::string fault_of_levels(const std::vector<double>& levels);

}  // namespace ffwd
