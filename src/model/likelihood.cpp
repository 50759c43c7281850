#include "model/likelihood.h"

#include "core/rows.h"

namespace ffwd {
namespace {

std::string_view usual_loss(Task task) {
  return task == Task::kRegression ? "mse"
         : task == Task::kBinary   ? "binary_cross_entropy"
                                   : "categorical_cross_entropy";
}

bool fits(const LossRow& loss, Task task) {
  if (loss.outputs != LossOutputs::kOne) return false;
  switch (loss.targets) {
    case LossTargets::kNumbers:
      return task == Task::kRegression;
    case LossTargets::kCounts:
      return false;
    case LossTargets::kTwoClasses:
      return task == Task::kBinary;
    case LossTargets::kClasses:
      return task == Task::kMulticlass;
  }
  return false;
}

}  // namespace

std::vector<std::string> loss_names(Task task) {
  std::vector<std::string> names = {std::string(usual_loss(task))};
  for (const LossRow* row : losses()) {
    if (fits(*row, task) && row->name != usual_loss(task)) names.emplace_back(row->name);
  }
  return names;
}

const LossRow* find_loss(Task task, std::string_view name) {
  const LossRow* const found = find_row(losses(), name == "auto" ? usual_loss(task) : name);
  return found != nullptr && fits(*found, task) ? found : nullptr;
}

}  // namespace ffwd
