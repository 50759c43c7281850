#include "cli/train_request.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <limits>
#include <span>

#include "cli/column_words.h"
#include "cli/common_options.h"
#include "cli/output_path.h"
#include "core/names.h"
#include "core/raise.h"
#include "core/rows.h"
#include "core/text.h"
#include "file/atomic_write.h"
#include "kernels/units.h"
#include "loss/loss.h"
#include "optim/optimizer.h"
#include "optim/schedule.h"
#include "table/ascii.h"

namespace ffwd {
namespace {

const TrainOptions kDefaults;

/// "adam (adaptive …), sgd (…)": the rows of a table, for the help.
template <class Row>
std::string with_summaries(std::span<const Row* const> rows) {
  std::string text;
  for (const Row* row : rows) {
    text += (text.empty() ? "" : ", ") + std::string(row->name) + " (" + std::string(row->summary) + ")";
  }
  return text;
}

std::string default_learning_rates() {
  std::string text;
  for (const OptimizerRow* row : optimizers()) {
    text += (text.empty() ? "" : ", ") + shortest(row->default_learning_rate) + " for " + std::string(row->name);
  }
  return text;
}

Setter hidden_layers(std::optional<std::vector<std::size_t>>& into) {
  return [&into](const std::string& option, const std::string& given) {
    into.emplace();
    if (given == "none") return;
    for (const std::string& word : split_list(given)) {
      std::size_t units = 0;
      const auto [end, fault] = std::from_chars(word.data(), word.data() + word.size(), units);
      if (fault != std::errc() || end != word.data() + word.size() || units < 1 || units > kMaxUnits) {
        refuse_value(option, given, "names no units of hidden layers",
                     "give a whole number from 1 to " + std::to_string(kMaxUnits) +
                         " for each layer, separated by commas, such as 64,64; or none for a linear model");
      }
      into->push_back(units);
    }
  };
}

Setter batch_size(std::size_t& into) {
  return [&into](const std::string& option, const std::string& given) {
    if (given == "full") {
      into = kAllRows;
      return;
    }
    const auto [end, fault] = std::from_chars(given.data(), given.data() + given.size(), into);
    if (fault != std::errc() || end != given.data() + given.size() || into < 1) {
      refuse_value(option, given, "is no number of rows", "give a whole number of at least 1, or full for all rows");
    }
  };
}

[[noreturn]] void refuse(const std::string& option, std::string what, std::string fix) {
  raise({.kind = ErrorKind::kUsage, .what = std::move(what), .where = option, .fix = std::move(fix)});
}

/// The optimisers of which `uses` holds: "sgd".
std::string optimizers_with(bool OptimizerRow::* uses) {
  std::vector<std::string> names;
  for (const OptimizerRow* row : optimizers()) {
    if (row->*uses) names.emplace_back(row->name);
  }
  return join_names(names);
}

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : ",") + text;
  return all;
}

[[noreturn]] void refuse_unused(const std::string& option, const OptimizerRow& given, bool OptimizerRow::* uses) {
  refuse(option, std::string(given.name) + " does not use it",
         "use --optimizer " + optimizers_with(uses) + ", or leave " + option + " out");
}

}  // namespace

void TrainRequest::declare(Command& command) {
  command.argument("DATA", "the table to learn from: CSV, also .gz or .zst, Parquet or Arrow", data);
  declare_rows(command);
  declare_network(command);
  declare_training(command);
  command.option({.names = "--config",
                  .value = "FILE",
                  .summary = "a JSON object of options, such as {\"epochs\": 50}; those of the command line go before",
                  .set = text(config)});
  command.group("Results");
  command.option({.names = "-o,--output",
                  .value = "FILE",
                  .summary = "the model file to write",
                  .default_text = "<target>.ffwd",
                  .set = text(output)});
  command.option({.names = "--plot",
                  .value = "FILE",
                  .summary = "draws the losses of all epochs as an SVG picture",
                  .set = text(plot)});
  declare_json(command, json);
  command.flag("--quiet", "says nothing but warnings and errors", quiet);
}

void TrainRequest::declare_rows(Command& command) {
  command.group("Rows and columns");
  command.option({.names = "--target",
                  .value = "NAMES",
                  .summary = "the column to predict, required; several, separated by commas, are numbers predicted "
                             "side by side, and may be missing here and there",
                  .set = each(target),
                  .repeatable = true});
  command.option({.names = "--task",
                  .value = "TASK",
                  .summary = "auto, regression or classification; auto takes text, booleans and integers that are only "
                             "0 and 1 for classes",
                  .default_text = fit.task,
                  .set = choice(fit.task, {"auto", "regression", "classification"})});
  command.option({.names = "--drop",
                  .value = "NAMES",
                  .summary = "columns to leave out, separated by commas",
                  .set = each(drop),
                  .repeatable = true});
  command.option({.names = "--categorical",
                  .value = "NAMES",
                  .summary = "columns whose numbers are names of categories, separated by commas",
                  .set = each(categorical),
                  .repeatable = true});
  command.option({.names = "--weight",
                  .value = "NAME",
                  .summary = "the column that says how much each row counts in the loss and the metrics",
                  .set = text(fit.weight)});
  command.option({.names = "--group",
                  .value = "NAME",
                  .summary = "the column whose equal cells keep rows together: all are trained on, or validated on, or "
                             "tested on",
                  .set = text(fit.group)});
  command.option({.names = "--drop-missing-target",
                  .summary = "leaves out rows without any target, instead of refusing them",
                  .set = [this](const std::string&, const std::string&) { fit.drop_missing_target = true; }});
  command.option({.names = "--valid", .value = "FILE", .summary = "rows to validate on", .set = text(valid)});
  command.option({.names = "--valid-fraction",
                  .value = "SHARE",
                  .summary = "share of all rows kept for validation",
                  .default_text = "0.1; 0 with --valid or fewer than 100 rows",
                  .set = number(fit.valid_fraction)});
  command.option({.names = "--test", .value = "FILE", .summary = "rows to test on", .set = text(test)});
  command.option({.names = "--test-fraction",
                  .value = "SHARE",
                  .summary = "share of all rows kept for testing",
                  .default_text = "0.2; 0 with --test or fewer than 100 rows",
                  .set = number(fit.test_fraction)});
  declare_delimiter(command, read.delimiter);
  declare_missing(command, missing);
}

void TrainRequest::declare_network(Command& command) {
  command.group("Network");
  command.option({.names = "--hidden",
                  .value = "UNITS",
                  .summary = "units of each hidden layer, such as 64,64; none for a linear model",
                  .default_text = "64,64",
                  .set = hidden_layers(fit.hidden)});
  command.option({.names = "--activation",
                  .value = "UNIT",
                  .summary = "unit of the hidden layers, or one for each: " + join_names(unit_names()),
                  .default_text = fit.activation.front(),
                  .set = choices(activation, unit_names())});
  command.option({.names = "--precision",
                  .value = "TYPE",
                  .summary = "what the network computes in: float32 or float64",
                  .default_text = fit.precision,
                  .set = choice(fit.precision, {"float32", "float64"})});
}

void TrainRequest::declare_training(Command& command) {
  command.group("Training");
  TrainOptions& train = fit.train;
  command.option({.names = "--optimizer",
                  .value = "NAME",
                  .summary = with_summaries(optimizers()),
                  .default_text = train.optimizer,
                  .set = choice(train.optimizer, row_names(optimizers()))});
  command.option({.names = "--loss",
                  .value = "NAME",
                  .summary = "what is minimised: " + with_summaries(losses()),
                  .default_text = "mse, or the cross-entropy that fits the classes",
                  .set = choice(fit.loss, row_names(losses()))});
  command.option({.names = "--class-weight",
                  .value = "HOW",
                  .summary = "none, or balanced: in the loss each class counts alike, however few rows it has",
                  .default_text = fit.class_weight,
                  .set = choice(fit.class_weight, {"none", "balanced"})});
  command.option({.names = "--learning-rate",
                  .value = "RATE",
                  .summary = "size of the steps, over 0",
                  .default_text = default_learning_rates(),
                  .set = number(learning_rate)});
  command.option({.names = "--schedule",
                  .value = "NAME",
                  .summary = "how the rate moves: " + with_summaries(schedules()),
                  .default_text = train.schedule,
                  .set = choice(train.schedule, row_names(schedules()))});
  command.option({.names = "--warmup",
                  .value = "SHARE",
                  .summary = "share of all steps over which the rate rises from 0 to what the schedule says; at least "
                             "0, below 1",
                  .default_text = shortest(kDefaults.warmup),
                  .set = number(train.warmup)});
  command.option({.names = "--momentum",
                  .value = "SHARE",
                  .summary = "share of the last step kept in the next, for " +
                             optimizers_with(&OptimizerRow::uses_momentum) + "; at least 0, below 1",
                  .default_text = shortest(kDefaults.momentum),
                  .set = number(momentum)});
  command.option({.names = "--weight-decay",
                  .value = "RATE",
                  .summary = "decoupled decay of the parameters, for " +
                             optimizers_with(&OptimizerRow::uses_weight_decay) + "; at least 0",
                  .default_text = shortest(kDefaults.weight_decay),
                  .set = number(weight_decay)});
  command.option({.names = "--l2",
                  .value = "VALUE",
                  .summary = "adds VALUE times the sum of squared weights to the mean loss; at least 0",
                  .default_text = shortest(kDefaults.l2),
                  .set = number(train.l2)});
  command.option({.names = "--batch-size",
                  .value = "ROWS",
                  .summary = "rows per step, 1 or more, or full",
                  .default_text = "64; 32 with fewer than 5000 training rows",
                  .set = batch_size(train.batch_size)});
  command.option({.names = "--epochs",
                  .value = "N",
                  .summary = "passes over the training rows, at most",
                  .default_text = "enough for 10000 steps, from 50 to 500",
                  .set = count(train.epochs, 1)});
  command.option({.names = "--patience",
                  .value = "N",
                  .summary = "epochs without a better validation loss before it stops; 0 never stops early and keeps "
                             "the last weights, else the best are kept",
                  .default_text = std::to_string(kDefaults.patience),
                  .set = count(patience, 0)});
  command.option({.names = "--time-limit",
                  .value = "SECONDS",
                  .summary = "ends training after this time, but not before the first epoch; 0 is none",
                  .default_text = "0",
                  .set = number(train.time_limit)});
  command.option({.names = "--seed",
                  .value = "N",
                  .summary = "decides splits, initial weights and the order of rows",
                  .default_text = std::to_string(kDefaults.seed),
                  .set = count(train.seed, 0)});
  declare_threads(command, train.threads);
}

void TrainRequest::settle() {
  if (target.empty()) {
    refuse("--target", "train has to know which column to predict",
           "name it, as in ffwd train " + data + " --target NAME; ffwd inspect " + data + " lists the columns");
  }
  fit.targets = target;  // until the table tells commas in names from those between them
  settle_rows();
  settle_optimizer();
  if (!activation.empty()) {
    if (fit.hidden && fit.hidden->empty()) {
      refuse("--activation", "there is no hidden layer with --hidden none", "leave one of the two out");
    }
    fit.activation = activation;
  }
  if (patience.value_or(0) > 0 && valid.empty() && fit.valid_fraction == 0.0) {
    refuse("--patience", "there are no validation rows to look at", "leave it or --valid-fraction 0 out");
  }
  if (patience) fit.train.patience = *patience;
  fit.validate();
  if (output.empty()) output = default_model_path(joined(target));
  settle_outputs();
}

void TrainRequest::settle_rows() {
  if (!valid.empty() && fit.valid_fraction) {
    refuse("--valid-fraction", "the rows for validation are in '" + valid + "'", "leave it or --valid out");
  }
  if (!test.empty() && fit.test_fraction) {
    refuse("--test-fraction", "the rows for testing are in '" + test + "'", "leave it or --test out");
  }
  for (const std::string& name : columns_maybe_named(categorical)) read.types[name] = ColumnType::kText;
  // Class names stay as written, also where the cells are numbers.
  if (fit.task == "classification") read.keep_spelling = columns_maybe_named(target);
  if (!missing.empty()) {
    fit.missing = missing;
    read.missing = missing;
  }
}

void TrainRequest::settle_outputs() const {
  check_not_read("--output", output, files_read());
  check_writable(output);
  if (plot.empty()) return;
  check_not_read("--plot", plot, files_read());
  if (!equal_ignoring_case(std::filesystem::path(plot).extension().string(), ".svg")) {
    refuse("--plot", "'" + plot + "' does not end in .svg, which is what is drawn", "name it so");
  }
  if (std::filesystem::path(plot).lexically_normal() == std::filesystem::path(output).lexically_normal()) {
    refuse("--plot", "'" + plot + "' is the model file", "name another file");
  }
  check_writable(plot);
}

void TrainRequest::settle_optimizer() {
  const OptimizerRow& optimizer = *find_row(optimizers(), fit.train.optimizer);
  if (momentum && !optimizer.uses_momentum) refuse_unused("--momentum", optimizer, &OptimizerRow::uses_momentum);
  if (weight_decay && !optimizer.uses_weight_decay) {
    refuse_unused("--weight-decay", optimizer, &OptimizerRow::uses_weight_decay);
  }
  if (learning_rate && *learning_rate <= 0) {
    refuse_value("--learning-rate", shortest(*learning_rate), "is not over 0", "give a number such as 0.01 or 1e-3");
  }
  if (momentum) fit.train.momentum = *momentum;
  if (weight_decay) fit.train.weight_decay = *weight_decay;
  if (learning_rate) fit.train.learning_rate = *learning_rate;
}

void TrainRequest::name_columns(const Table& table) {
  fit.targets = columns_named(target, table);
  fit.drop = columns_named(drop, table);
  const std::vector<std::string> categories = columns_named(categorical, table);
  static_cast<void>(find_columns("--categorical", categories, table));
  for (const std::string& name : categories) {
    if (std::ranges::find(fit.drop, name) == fit.drop.end()) continue;
    refuse("--categorical", "--drop leaves '" + shorten(name) + "' out", "name it in one of the two");
  }
}

std::vector<std::string> TrainRequest::files_read() const {
  std::vector<std::string> files = {data};
  for (const std::string& file : {config, valid, test}) {
    if (!file.empty()) files.push_back(file);
  }
  return files;
}

}  // namespace ffwd
