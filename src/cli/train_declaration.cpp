// The arguments and options of `ffwd train`, topic by topic; what is given is kept in the TrainRequest they belong to.
#include <algorithm>
#include <charconv>
#include <span>

#include "cli/common_options.h"
#include "cli/train_request.h"
#include "core/names.h"
#include "core/rows.h"
#include "core/text.h"
#include "ffwd/metrics.h"
#include "kernels/units.h"
#include "loss/loss.h"
#include "network/initialise.h"
#include "network/layer.h"
#include "optim/optimizer.h"
#include "optim/schedule.h"
#include "pipeline/numeric_step.h"

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
    if (row->is_full_batch()) continue;
    text += (text.empty() ? "" : ", ") + shortest(row->default_learning_rate) + " for " + std::string(row->name);
  }
  return text;
}

std::vector<std::string> with_first(const char* first, std::vector<std::string> names) {
  names.insert(names.begin(), first);
  return names;
}

std::vector<std::string> auto_and_likelihoods() {
  std::vector<std::string> names = {"auto"};
  for (const LossRow* row : losses()) names.emplace_back(row->likelihood);
  return names;
}

/// "gaussian_mean (loss mse), …"
std::string likelihoods_with_losses() {
  std::string text;
  for (const LossRow* row : losses()) {
    text += (text.empty() ? "" : ", ") + std::string(row->likelihood) + " (loss " + std::string(row->name) + ")";
  }
  return text;
}

Setter levels(std::optional<std::vector<double>>& into) {
  return [&into](const std::string& option, const std::string& given) {
    into.emplace();
    for (const std::string& word : split_list(given)) {
      std::optional<double> level;
      number(level)(option, word);
      into->push_back(*level);
    }
  };
}

std::vector<std::string> figures() {
  std::vector<std::string> names;
  for (const MetricRow& metric : metrics()) names.emplace_back(metric.name);
  return names;
}

/// "0.9", or "0.9 for sgd, 0 for rmsprop" where the rows' defaults differ.
template <class Row, class Options>
std::string defaults_of(std::span<const Row* const> rows, const OptionRow<Options>& option) {
  std::vector<std::string> texts;
  std::string by_row;
  for (const Row* row : rows) {
    const UsedOption<Options>* const used = find_used(*row, option);
    if (used == nullptr) continue;
    texts.push_back(used->value ? shortest(*used->value) : std::string(used->text));
    by_row += (by_row.empty() ? "" : ", ") + texts.back() + " for " + std::string(row->name);
  }
  const bool all_alike = std::ranges::all_of(texts, [&](const std::string& text) { return text == texts.front(); });
  return all_alike ? texts.front() : by_row;
}

/// The options of a table of optimisers or schedules, each with the rows that use it.
template <class Row, class Options>
void declare_options(Command& command, std::span<const Row* const> rows,
                     std::span<const OptionRow<Options>* const> known, Options& into) {
  for (const OptionRow<Options>* option : known) {
    std::string summary = std::string(option->summary) + ", for " + users_of(rows, *option);
    if (option->flag != nullptr) {
      command.flag(option_word(*option), std::move(summary), into.*(option->flag));
      continue;
    }
    command.option(
        {.names = option_word(*option),
         .value = "NUMBER",
         .summary = summary + "; " + allowed_numbers(*option, shortest(option->least), shortest(option->below)),
         .default_text = defaults_of(rows, *option),
         .set = number(into.*(option->number))});
  }
}

/// "hidden1.*=0.1,output.*=0".
Setter rates(std::vector<RateFor>& into) {
  return [&into](const std::string& option, const std::string& given) {
    for (const std::string& word : split_list(given)) {
      const std::size_t equals = word.rfind('=');
      if (equals == std::string::npos || equals == 0) {
        refuse_value(option, given, "gives no factor to a tensor",
                     "write names and factors as in hidden1.*=0.1,output.bias=0; * stands for any text");
      }
      RateFor rate{.pattern = word.substr(0, equals)};
      number(rate.factor)(option, word.substr(equals + 1));
      into.push_back(std::move(rate));
    }
  };
}

Setter hidden_layers(std::optional<std::string>& into) {
  return [&into](const std::string& option, const std::string& given) {
    if (given.empty()) refuse_value(option, given, "names no layers", "give sizes, such as 64,64; or none");
    into = given;
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

void declare_columns(Command& command, TrainRequest& request) {
  FitOptions& fit = request.fit;
  command.option({.names = "--target",
                  .value = "NAMES",
                  .summary = "the column to predict, required; several, separated by commas, are numbers predicted "
                             "side by side, or with --task classification columns of 0 and 1; they may be missing "
                             "here and there",
                  .set = each(request.target),
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
                  .set = each(request.drop),
                  .repeatable = true});
  command.option({.names = "--categorical",
                  .value = "NAMES",
                  .summary = "columns whose numbers are names of categories, separated by commas",
                  .set = each(request.categorical),
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
}

void declare_rows(Command& command, TrainRequest& request) {
  FitOptions& fit = request.fit;
  command.flag("--drop-missing-target", "leaves out rows without any target, instead of refusing them",
               fit.drop_missing_target);
  command.option({.names = "--valid", .value = "FILE", .summary = "rows to validate on", .set = text(request.valid)});
  command.option({.names = "--valid-fraction",
                  .value = "SHARE",
                  .summary = "share of all rows kept for validation",
                  .default_text = "0.1; 0 with --valid or fewer than 100 rows",
                  .set = number(fit.valid_fraction)});
  command.option({.names = "--test", .value = "FILE", .summary = "rows to test on", .set = text(request.test)});
  command.option({.names = "--test-fraction",
                  .value = "SHARE",
                  .summary = "share of all rows kept for testing",
                  .default_text = "0.2; 0 with --test or fewer than 100 rows",
                  .set = number(fit.test_fraction)});
  declare_delimiter(command, request.read.delimiter);
  declare_missing(command, request.missing);
}

void declare_encodings(Command& command, TrainRequest& request) {
  FitOptions& fit = request.fit;
  command.option({.names = "--numeric",
                  .value = "ENCODING",
                  .summary = "what becomes of a number x: " + with_summaries(numeric_steps()),
                  .default_text = fit.numeric,
                  .set = choice(fit.numeric, row_names(numeric_steps()))});
  command.option({.names = "--encode",
                  .value = "CHOICE",
                  .summary =
                      "COLUMN=ENCODING, for one column: of numbers as for --numeric; of text one_hot, one_hot_zeros "
                      "(what training did not see is 0 in all), one_hot_missing (so too, but missing cells have "
                      "a feature), ordinal or ordinal:small,medium,large; of booleans standard or none",
                  .set = each(request.encode),
                  .repeatable = true});
  command.flag("--no-bound",
               "takes numbers far beyond training as they are; else those more than three standard deviations beyond a "
               "column's training values count as that far",
               request.no_bound);
}

void declare_network(Command& command, TrainRequest& request) {
  FitOptions& fit = request.fit;
  command.option({.names = "--hidden",
                  .value = "LAYERS",
                  .summary = "size of each hidden layer, such as 64,64, each with words if need be, such as "
                             "\"64 relu, 32 maxout 3 dropout 0.1\"; none for a linear model",
                  .default_text = "64,64",
                  .set = hidden_layers(fit.hidden)});
  command.option({.names = "--activation",
                  .value = "UNIT",
                  .summary = "unit of the hidden layers, or one for each: " + join_names(layer_unit_names(), "or", 40),
                  .default_text = fit.activation.front(),
                  .set = choices(request.activation, layer_unit_names())});
  command.option({.names = "--dropout",
                  .value = "RATE",
                  .summary = "share of each hidden layer's units that a step of training leaves out, from 0 to 0.99",
                  .default_text = shortest(fit.dropout),
                  .set = number(fit.dropout)});
  command.option({.names = "--embed",
                  .value = "NAMES",
                  .summary = "columns of text with many values, separated by commas: the network learns numbers for "
                             "each value, 8 of them, or as many as shop=4 says, and the first layer reads these",
                  .set = each(request.embed),
                  .repeatable = true});
  command.option({.names = "--network",
                  .value = "FILE",
                  .summary = "the whole network, any graph of layers, as JSON (docs/network.md), in place of --hidden",
                  .set = text(request.network)});
  command.option({.names = "--precision",
                  .value = "TYPE",
                  .summary = "what the network computes in: float32, float64, or auto: float64 with full-batch "
                             "optimizers, else float32",
                  .default_text = fit.precision,
                  .set = choice(fit.precision, {"auto", "float32", "float64"})});
}

void declare_loss(Command& command, TrainRequest& request) {
  FitOptions& fit = request.fit;
  command.option({.names = "--loss",
                  .value = "NAME",
                  .summary = "what is minimised: auto (mse, or the cross-entropy that fits the classes), " +
                             with_summaries(losses()),
                  .default_text = fit.loss,
                  .set = choice(fit.loss, with_first("auto", row_names(losses())))});
  command.option(
      {.names = "--likelihood",
       .value = "NAME",
       .summary = "the distribution of the target, another name for the loss: auto, " + likelihoods_with_losses(),
       .default_text = fit.likelihood,
       .set = choice(fit.likelihood, auto_and_likelihoods())});
  command.option({.names = "--quantiles",
                  .value = "LEVELS",
                  .summary = "levels of the likelihoods of quantiles, rising, above 0 and below 1, separated by commas",
                  .default_text = "0.1,0.5,0.9",
                  .set = levels(fit.quantiles)});
  command.option({.names = "--huber-delta",
                  .value = "SIZE",
                  .summary =
                      "of the loss huber: the error, in standard deviations of the target, up to which it counts "
                      "squared; over 0",
                  .default_text = "1",
                  .set = number(fit.huber_delta)});
  command.option({.names = "--label-smoothing",
                  .value = "SHARE",
                  .summary = "of the loss categorical_cross_entropy: the share of the truth that all classes share; at "
                             "least 0, below 1",
                  .default_text = "0",
                  .set = number(fit.label_smoothing)});
  command.option({.names = "--class-weight",
                  .value = "HOW",
                  .summary = "none, or balanced: in the loss each class counts alike, however few rows it has",
                  .default_text = fit.class_weight,
                  .set = choice(fit.class_weight, {"none", "balanced"})});
  command.option({.names = "--l2",
                  .value = "VALUE",
                  .summary = "adds VALUE times the sum of squared weights to the mean loss; at least 0",
                  .default_text = shortest(kDefaults.l2),
                  .set = number(fit.train.l2)});
  command.flag("--l2-biases", "adds the biases to the sum of --l2", fit.train.l2_biases);
  command.option({.names = "--l1",
                  .value = "VALUE",
                  .summary =
                      "adds VALUE times the sum of the weights' magnitudes to the mean loss, which makes many of "
                      "them exactly 0; at least 0",
                  .default_text = shortest(kDefaults.l1),
                  .set = number(fit.train.l1)});
  command.option(
      {.names = "--l1-by",
       .value = "HOW",
       .summary = "proximal: a step of its own after each update; or subgradient, which gives no exact zeros",
       .default_text = kDefaults.l1_by,
       .set = choice(fit.train.l1_by, {"proximal", "subgradient"})});
}

void declare_optimizer(Command& command, TrainRequest& request) {
  TrainOptions& train = request.fit.train;
  command.option({.names = "--optimizer",
                  .value = "NAME",
                  .summary = with_summaries(optimizers()),
                  .default_text = train.optimizer,
                  .set = choice(train.optimizer, row_names(optimizers()))});
  command.option({.names = "--learning-rate",
                  .value = "RATE",
                  .summary = "size of the steps, over 0",
                  .default_text = default_learning_rates(),
                  .set = number(request.learning_rate)});
  declare_options(command, optimizers(), optimizer_options(), train.optimizer_options);
  command.option({.names = "--rate-for",
                  .value = "TENSORS",
                  .summary =
                      "factors on the rate of some tensors, such as hidden1.*=0.1,output.bias=0; * stands for any "
                      "text, 0 keeps them as they are",
                  .set = rates(train.rate_for)});
  command.option({.names = "--clip-norm",
                  .value = "NORM",
                  .summary = "scales gradients that are longer down to this length; at least 0, 0 never does",
                  .default_text = shortest(kDefaults.clip_norm),
                  .set = number(train.clip_norm)});
  command.option({.names = "--average",
                  .value = "EPOCHS",
                  .summary = "epochs over which the weights that are kept are averaged; at least 0, 0 does not",
                  .default_text = shortest(kDefaults.average),
                  .set = number(train.average)});
}

void declare_steps(Command& command, TrainOptions& train) {
  command.option({.names = "--schedule",
                  .value = "NAME",
                  .summary = "how the rate moves: auto (cosine), " + with_summaries(schedules()),
                  .default_text = train.schedule,
                  .set = choice(train.schedule, with_first("auto", row_names(schedules())))});
  declare_options(command, schedules(), schedule_options(), train.schedule_options);
  command.option({.names = "--warmup",
                  .value = "SHARE",
                  .summary = "share of all steps over which the rate rises from 0 to what the schedule says; at least "
                             "0, below 1",
                  .default_text = shortest(kDefaults.warmup),
                  .set = number(train.warmup)});
  command.option({.names = "--batch-size",
                  .value = "ROWS",
                  .summary = "rows per step, 1 or more, or full",
                  .default_text = "64; 32 with fewer than 5000 training rows",
                  .set = batch_size(train.batch_size)});
}

void declare_end(Command& command, TrainRequest& request) {
  TrainOptions& train = request.fit.train;
  command.option({.names = "--epochs",
                  .value = "N",
                  .summary = "passes over the training rows, or iterations of a full-batch optimizer, at most",
                  .default_text = "enough for 10000 steps, from 50 to 500",
                  .set = count(train.epochs, 1)});
  command.option({.names = "--patience",
                  .value = "N",
                  .summary = "epochs without a better validation loss (--stop-on) before it stops; 0 never stops early "
                             "and keeps the last weights, else the best are kept",
                  .default_text = std::to_string(kDefaults.patience),
                  .set = count(request.patience, 0)});
  command.option(
      {.names = "--stop-on",
       .value = "FIGURE",
       .summary = "the figure of the validation rows that early stopping looks at: loss, " + join_names(figures()),
       .default_text = kDefaults.stop_on,
       .set = choice(train.stop_on, with_first("loss", figures()))});
  command.option({.names = "--initial-weights",
                  .value = "HOW",
                  .summary = "where weights start: auto, what suits each unit, or one for all: " +
                             join_names(initial_weights_names()),
                  .default_text = kDefaults.initial_weights,
                  .set = choice(train.initial_weights, initial_weights_names())});
  command.option({.names = "--restarts",
                  .value = "N",
                  .summary =
                      "starts from different initial weights, trained side by side on --threads cores, of which the "
                      "best by the validation figure is kept, or by the training loss",
                  .default_text = std::to_string(kDefaults.restarts),
                  .set = count(train.restarts, 1)});
  command.option({.names = "--ensemble",
                  .value = "N",
                  .summary =
                      "networks trained side by side from other initial weights, each the best of its --restarts; the "
                      "model averages their answers",
                  .default_text = "1",
                  .set = count(request.fit.ensemble, 1)});
  command.option({.names = "--time-limit",
                  .value = "SECONDS",
                  .summary =
                      "ends training after this time, but not before the first epoch; how far it comes, and so the "
                      "model, depends on the machine; 0 is none",
                  .default_text = "0",
                  .set = number(train.time_limit)});
}

void declare_run(Command& command, TrainRequest& request) {
  command.option({.names = "--seed",
                  .value = "N",
                  .summary = "decides splits, initial weights and the order of rows",
                  .default_text = std::to_string(kDefaults.seed),
                  .set = count(request.fit.train.seed, 0)});
  declare_threads(command, request.fit.train.threads);
  command.option({.names = "--config",
                  .value = "FILE",
                  .summary = "a JSON object of options, such as {\"epochs\": 50}; those of the command line go before",
                  .set = text(request.config)});
}

void declare_results(Command& command, TrainRequest& request) {
  command.option({.names = "-o,--output",
                  .value = "FILE",
                  .summary = "the model file to write",
                  .default_text = "<target>.ffwd",
                  .set = text(request.output)});
  command.option({.names = "--plot",
                  .value = "FILE",
                  .summary = "draws the losses of all epochs as an SVG picture",
                  .set = text(request.plot)});
  declare_json(command, request.json);
  command.flag("--quiet", "says nothing but warnings and errors", request.quiet);
}

}  // namespace

void TrainRequest::declare(Command& command) {
  command.argument("DATA", "the table to learn from: CSV, also .gz or .zst, Parquet or Arrow", data);
  command.group("Rows and columns");
  declare_columns(command, *this);
  declare_rows(command, *this);
  declare_encodings(command, *this);
  command.group("Network");
  declare_network(command, *this);
  command.group("Training");
  declare_loss(command, *this);
  declare_optimizer(command, *this);
  declare_steps(command, fit.train);
  declare_end(command, *this);
  declare_run(command, *this);
  command.group("Results");
  declare_results(command, *this);
}

}  // namespace ffwd
