// ffwd evaluate: what a model is worth on rows whose target is known.
#include "cli/column_words.h"
#include "cli/common_options.h"
#include "cli/metrics_view.h"
#include "cli/predicted.h"
#include "cli/readable.h"
#include "cli/signals.h"
#include "cli/verb.h"
#include "core/names.h"
#include "core/raise.h"

namespace ffwd {
namespace {

class Evaluate final : public Verb {
 public:
  void declare(Command& command) override;
  int run(Console& console) override;

 private:
  PredictionInput input_;
  std::string weight_;
  bool drop_missing_target_ = false;
  bool json_ = false;
};

/// The column that weighed the rows when the model was trained; "" if none did.
std::string recorded_weight(const Model& model) {
  const Json training = parse_json(model.description(), ErrorKind::kInternal, "model").at("training");
  return training.contains("weight") && training.at("weight").is_string() ? training.at("weight") : "";
}

void Evaluate::declare(Command& command) {
  command.argument("MODEL", "the model file, as train wrote it", input_.model);
  command.argument("DATA", "rows with the columns the model reads and its target, in any order", input_.data);
  declare_delimiter(command, input_.delimiter);
  declare_threads(command, input_.threads);
  command.option({.names = "--weight",
                  .value = "NAME",
                  .summary = "the column that says how much each row counts",
                  .set = text(weight_)});
  command.flag("--drop-missing-target", "leaves out rows without any target, instead of refusing them",
               drop_missing_target_);
  declare_json(command, json_);
}

int Evaluate::run(Console& console) {
  const StopSignals stop;
  Warnings warnings(console);
  const Predicted predicted = predict_file(input_, {}, warnings);
  const Model& model = predicted.model;
  if (!weight_.empty()) static_cast<void>(find_columns("--weight", {&weight_, 1}, predicted.table));
  if (const std::string known = recorded_weight(model); weight_.empty() && predicted.table.find(known)) {
    warnings.add("every row counts alike here; in training the column '" + shorten(known) +
                 "' weighed them (--weight)");
  }
  const auto [rows, metrics] =
      model.evaluate(predicted.table, predicted.prediction,
                     {.weight = weight_, .drop_missing_target = drop_missing_target_, .threads = input_.threads});
  if (json_) {
    console.out << dump_json({{"rows", rows}, {"metrics", metrics_json(metrics, model.classes())}}) << '\n';
    return stop.exit_code();
  }
  console.out << console.bold("Metrics") << "  of " << quoted_names(model.targets()) << " on the "
              << counted(rows, "row") << " of " << input_.data << '\n';
  print_metrics(console, {{.heading = "value", .metrics = &metrics}});
  if (!metrics.confusion.empty()) console.out << '\n' << console.bold("Confusion matrix") << '\n';
  print_confusion(console, metrics, model.classes());
  return stop.exit_code();
}

}  // namespace

extern constinit const VerbRow evaluate_row{
    .name = "evaluate",
    .summary = "measures a model on rows whose target is known",
    .arguments = "MODEL DATA [OPTIONS]",
    .example = "  ffwd evaluate price.ffwd houses-2024.csv",
    .make = []() -> std::unique_ptr<Verb> { return std::make_unique<Evaluate>(); },
};

}  // namespace ffwd
