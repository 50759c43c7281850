#include "model/likelihood.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <utility>

#include "core/names.h"
#include "core/raise.h"
#include "core/rows.h"
#include "core/text.h"

namespace ffwd {
namespace {

std::string_view usual_loss(Task task) {
  return task == Task::kRegression   ? "mse"
         : task == Task::kMulticlass ? "categorical_cross_entropy"
                                     : "binary_cross_entropy";
}

bool fits(const LossRow& loss, Task task) {
  switch (loss.targets) {
    case LossTargets::kNumbers:
    case LossTargets::kCounts:
      return task == Task::kRegression;
    case LossTargets::kTwoClasses:
      return task == Task::kBinary || task == Task::kMultilabel;
    case LossTargets::kClasses:
      return task == Task::kMulticlass;
  }
  return false;
}

/// The losses that fit the task, the usual one first.
std::vector<const LossRow*> rows_for(Task task) {
  std::vector<const LossRow*> rows = {find_row(losses(), usual_loss(task))};
  for (const LossRow* row : losses()) {
    if (fits(*row, task) && row != rows.front()) rows.push_back(row);
  }
  return rows;
}

std::string_view called(Task task) {
  constexpr std::array<std::string_view, 4> kNames = {"regression", "two classes", "several classes",
                                                      "several targets of two classes"};
  return kNames[static_cast<std::size_t>(task)];
}

[[noreturn]] void refuse(const std::string& option, const std::string& what, const std::string& fix) {
  raise({.kind = ErrorKind::kUsage, .what = what, .where = option, .fix = fix});
}

const LossRow* with_likelihood(const std::string& name) {
  const auto found = std::ranges::find(losses(), name, &LossRow::likelihood);
  return found == losses().end() ? nullptr : *found;
}

/// A target that was only taken for classes can be a number after all.
std::string or_regression(Task task, const FitOptions& options, const LossRow* wanted) {
  const bool numbers = wanted != nullptr && std::ranges::count(rows_for(Task::kRegression), wanted) > 0;
  return numbers && task != Task::kRegression && options.task == "auto" ? "; or say --task regression" : "";
}

const LossRow& chosen_row(Task task, const FitOptions& options) {
  const LossRow* const loss = find_loss(task, options.loss);
  if (loss == nullptr) {
    refuse("--loss", "'" + shorten(options.loss) + "' is no loss of " + std::string(called(task)),
           "give " + join_names(loss_names(task)) + ", or leave --loss out" +
               or_regression(task, options, find_row(losses(), options.loss)));
  }
  if (options.likelihood == "auto") return *loss;
  const auto rows = rows_for(task);
  const auto found = std::ranges::find(rows, options.likelihood, &LossRow::likelihood);
  if (found == rows.end()) {
    refuse("--likelihood", "'" + shorten(options.likelihood) + "' is no likelihood of " + std::string(called(task)),
           "give " + join_names(likelihood_names(task)) + ", or leave --likelihood out" +
               or_regression(task, options, with_likelihood(options.likelihood)));
  }
  if (options.loss != "auto" && *found != loss) {
    refuse("--likelihood",
           "the likelihood " + options.likelihood + " is trained with the loss " + std::string((*found)->name) +
               ", not with " + options.loss,
           "leave --loss or --likelihood out");
  }
  return **found;
}

void check_heard(Task task, const LossRow& row, const std::string& option, bool given,
                 const std::function<bool(const LossRow&)>& hears) {
  if (!given || hears(row)) return;
  std::vector<std::string> names;
  for (const LossRow* other : rows_for(task)) {
    if (hears(*other)) names.emplace_back(other->name);
  }
  refuse(option, "the loss " + std::string(row.name) + " has no use for it",
         names.empty() ? "leave it out: no loss of " + std::string(called(task)) + " has"
                       : "leave it out, or train with --loss " + join_names(names));
}

bool has_levels(const LossRow& row) { return row.outputs == LossOutputs::kLevels; }

std::vector<double> saved_levels(const JsonReader& saved) {
  const Json& list = saved.value("levels");
  const bool all_numbers = list.is_array() && std::ranges::all_of(list, [](const Json& v) { return v.is_number(); });
  if (!all_numbers) saved.refuse("levels", "must be a list of numbers");
  const auto levels = list.get<std::vector<double>>();
  if (const std::string fault = fault_of_levels(levels); !fault.empty()) saved.refuse("levels", fault);
  return levels;
}

LossOptions options_from(const JsonReader& saved, const LossRow& row) {
  LossOptions options;
  if (has_levels(row)) {
    saved.only({"name", "loss", "levels"});
    options.levels = saved_levels(saved);
  } else if (row.has_delta) {
    saved.only({"name", "loss", "delta"});
    if (saved.has("delta")) options.delta = saved.number("delta");
    if (options.delta <= 0) saved.refuse("delta", "must be over 0");
  } else if (row.has_smoothing) {
    saved.only({"name", "loss", "label_smoothing"});
    if (saved.has("label_smoothing")) options.label_smoothing = saved.number("label_smoothing");
    const bool allowed = options.label_smoothing >= 0 && options.label_smoothing < 1;
    if (!allowed) saved.refuse("label_smoothing", "must be at least 0 and below 1");
  } else {
    saved.only({"name", "loss"});
  }
  return options;
}

}  // namespace

std::vector<std::string> loss_names(Task task) {
  std::vector<std::string> names;
  for (const LossRow* row : rows_for(task)) names.emplace_back(row->name);
  return names;
}

std::vector<std::string> likelihood_names(Task task) {
  std::vector<std::string> names;
  for (const LossRow* row : rows_for(task)) names.emplace_back(row->likelihood);
  return names;
}

const LossRow* find_loss(Task task, std::string_view name) {
  const LossRow* const found = find_row(losses(), name == "auto" ? usual_loss(task) : name);
  return found != nullptr && fits(*found, task) ? found : nullptr;
}

Loss choose_loss(Task task, const FitOptions& options) {
  const LossRow& row = chosen_row(task, options);
  check_heard(task, row, "--quantiles", options.quantiles.has_value(), has_levels);
  check_heard(task, row, "--huber-delta", options.huber_delta.has_value(),
              [](const LossRow& r) { return r.has_delta; });
  check_heard(task, row, "--label-smoothing", options.label_smoothing.has_value(),
              [](const LossRow& r) { return r.has_smoothing; });
  LossOptions chosen;
  if (options.quantiles) chosen.levels = *options.quantiles;
  if (options.huber_delta) chosen.delta = *options.huber_delta;
  if (options.label_smoothing) chosen.label_smoothing = *options.label_smoothing;
  return Loss(row, std::move(chosen));
}

Values values_of(const Loss& loss) {
  return loss.row().targets == LossTargets::kCounts ? Values::kCounts : Values::kNumbers;
}

Json likelihood_json(const Loss& loss) {
  const LossRow& row = loss.row();
  const LossOptions& options = loss.options();
  const LossOptions usual;
  Json json = {{"name", row.likelihood}, {"loss", row.name}};
  if (row.has_delta && options.delta != usual.delta) json["delta"] = options.delta;
  if (row.has_smoothing && options.label_smoothing != usual.label_smoothing) {
    json["label_smoothing"] = options.label_smoothing;
  }
  if (has_levels(row)) json["levels"] = options.levels;
  return json;
}

Loss likelihood_from_json(const JsonReader& model, Task task) {
  const JsonReader saved = model.object("likelihood");
  const std::string name = saved.text("loss");
  const LossRow* const row = name == "auto" ? nullptr : find_loss(task, name);
  if (row == nullptr) saved.refuse("loss", "is '" + shorten(name) + "', which does not fit the task");
  if (saved.text("name") != row->likelihood) saved.refuse("name", "does not fit the loss");
  return Loss(*row, options_from(saved, *row));
}

std::string fault_of_levels(const std::vector<double>& levels) {
  if (levels.empty()) return "must hold a level";
  if (levels.size() > kMaxLevels) return "holds more than " + std::to_string(kMaxLevels) + " levels";
  for (std::size_t q = 0; q < levels.size(); ++q) {
    const bool allowed = levels[q] > 0 && levels[q] < 1;
    if (!allowed) return "must hold numbers above 0 and below 1";
    if (q > 0 && levels[q] <= levels[q - 1]) return "must rise";
  }
  return "";
}

}  // namespace ffwd
