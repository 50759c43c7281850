// ffwd compress: a trained model becomes a small and quick one.
#include "ffwd/compress.h"

#include <optional>

#include "cli/column_words.h"
#include "cli/common_options.h"
#include "cli/compress_view.h"
#include "cli/output_path.h"
#include "cli/progress.h"
#include "cli/signals.h"
#include "cli/train_view.h"
#include "cli/verb.h"
#include "cli/warnings.h"
#include "cli/written_view.h"
#include "core/names.h"
#include "core/raise.h"
#include "core/text.h"
#include "file/atomic_write.h"

namespace ffwd {
namespace {

struct Tables {
  Table data;
  std::optional<Table> valid, test;
};

class Compress final : public Verb {
 public:
  void declare(Command& command) override;
  int run(Console& console) override;

 private:
  void declare_rows(Command& command);
  void declare_training(Command& command);
  void settle();
  Tables read(const Console& console, const Model& model, Warnings& warnings) const;
  CompressResult compress_watched(const Console& console, const Model& model, const Tables& tables, Warnings& warnings);
  [[nodiscard]] int end_without(const Console& console, const CompressResult& result) const;
  [[nodiscard]] std::vector<std::string> files_read() const;
  [[nodiscard]] bool shows() const { return !json_ && !quiet_; }

  std::string model_, data_, valid_, test_, output_, weight_, group_;
  char delimiter_ = 0;
  bool json_ = false, quiet_ = false;
  CompressOptions options_;
  std::optional<double> learning_rate_;
  std::optional<StopSignals> stop_;
  std::optional<StopSignals::Soft> soft_;  ///< from the first epoch on
};

void Compress::declare(Command& command) {
  const CompressOptions defaults;
  command.argument("MODEL", "the model file, as train wrote it", model_);
  command.argument("DATA", "the table that it was trained on: CSV, also .gz or .zst, Parquet or Arrow", data_);
  command.group("How small");
  command.option({.names = "--sparsity",
                  .value = "SHARE",
                  .summary = "share of the weights, not biases, that go; above 0, below 1",
                  .default_text = shortest(kUsualSparsity),
                  .set = number(options_.sparsity)});
  command.option({.names = "--max-loss",
                  .value = "SHARE",
                  .summary = "instead: as many weights go as leave the figure of the validation rows at most this much "
                             "worse, such as 0.02 for 2 %; several trainings find out how many",
                  .set = number(options_.max_loss)});
  std::vector<std::string> figures = {"auto"};
  for (const MetricRow& metric : metrics()) figures.emplace_back(metric.name);
  command.option({.names = "--metric",
                  .value = "FIGURE",
                  .summary = "the figure of --max-loss: auto (rmse, or accuracy), " +
                             join_names(std::vector(figures.begin() + 1, figures.end())),
                  .default_text = defaults.metric,
                  .set = choice(options_.metric, figures)});
  command.group("Rows");
  declare_rows(command);
  command.group("Training");
  declare_training(command);
  command.group("Results");
  command.option({.names = "-o,--output",
                  .value = "FILE",
                  .summary = "the model file to write",
                  .default_text = "<MODEL>.small.ffwd",
                  .set = text(output_)});
  declare_json(command, json_);
  command.flag("--quiet", "says nothing but warnings and errors", quiet_);
}

void Compress::declare_rows(Command& command) {
  command.option({.names = "--valid", .value = "FILE", .summary = "rows to validate on", .set = text(valid_)});
  command.option({.names = "--valid-fraction",
                  .value = "SHARE",
                  .summary = "share of all rows kept for validation",
                  .default_text = "the rows that training kept",
                  .set = number(options_.valid_fraction)});
  command.option({.names = "--test", .value = "FILE", .summary = "rows to test on", .set = text(test_)});
  command.option({.names = "--test-fraction",
                  .value = "SHARE",
                  .summary = "share of all rows kept for testing",
                  .default_text = "the rows that training kept",
                  .set = number(options_.test_fraction)});
  command.option({.names = "--weight",
                  .value = "NAME",
                  .summary = "the column that says how much each row counts in the loss and the metrics",
                  .default_text = "that of the training",
                  .set = text(weight_)});
  command.option({.names = "--group",
                  .value = "NAME",
                  .summary = "the column whose equal cells keep rows together",
                  .default_text = "that of the training",
                  .set = text(group_)});
  command.flag("--drop-missing-target", "leaves out rows without any target, instead of refusing them",
               options_.drop_missing_target);
  declare_delimiter(command, delimiter_);
}

void Compress::declare_training(Command& command) {
  command.option({.names = "--epochs",
                  .value = "N",
                  .summary =
                      "passes over the training rows, in the first half of which the weights go; with --max-loss of "
                      "each training",
                  .default_text = "trainings of 20, 100 and 500, the best of which is kept",
                  .set = count(options_.epochs, 1)});
  command.option({.names = "--learning-rate",
                  .value = "RATE",
                  .summary = "size of the first steps, over 0",
                  .default_text = shortest(kUsualCompressionRate),
                  .set = number(learning_rate_)});
  command.option({.names = "--batch-size",
                  .value = "ROWS",
                  .summary = "rows per step, 1 or more",
                  .default_text = "64; 32 with fewer than 5000 training rows",
                  .set = count(options_.batch_size, 1)});
  command.option({.names = "--time-limit",
                  .value = "SECONDS",
                  .summary =
                      "ends training after this time; how far it comes, and so the model, depends on the machine; "
                      "0 is none",
                  .default_text = "0",
                  .set = number(options_.time_limit)});
  command.option({.names = "--seed",
                  .value = "N",
                  .summary = "decides the order of rows",
                  .default_text = "that of the training",
                  .set = count(options_.seed, 0)});
  declare_threads(command, options_.threads);
}

std::vector<std::string> Compress::files_read() const {
  std::vector<std::string> files = {model_, data_};
  for (const std::string& file : {valid_, test_}) {
    if (!file.empty()) files.push_back(file);
  }
  return files;
}

void Compress::settle() {
  if (learning_rate_ && *learning_rate_ <= 0) {
    refuse_value("--learning-rate", shortest(*learning_rate_), "is not over 0", "give a number such as 0.002 or 1e-3");
  }
  const auto own = [](const char* option, const char* share, const std::string& file, const auto& fraction) {
    if (file.empty() || !fraction) return;
    raise({.kind = ErrorKind::kUsage,
           .what = "those rows are in '" + file + "'",
           .where = share,
           .fix = std::string("leave it or ") + option + " out"});
  };
  own("--valid", "--valid-fraction", valid_, options_.valid_fraction);
  own("--test", "--test-fraction", test_, options_.test_fraction);
  options_.learning_rate = learning_rate_.value_or(0);
  if (!weight_.empty()) options_.weight = weight_;
  if (!group_.empty()) options_.group = group_;
  options_.validate();
  if (output_.empty()) {
    output_ = (model_.ends_with(".ffwd") ? model_.substr(0, model_.size() - 5) : model_) + ".small.ffwd";
  }
  check_not_read("--output", output_, files_read());
  check_model_path("--output", output_);
  check_writable(output_);
}

int Compress::run(Console& console) {
  stop_.emplace();
  const double started = console.clock();
  Warnings warnings(console);
  settle();
  const Model model = Model::load(model_);
  const Tables tables = read(console, model, warnings);
  const double read_seconds = console.clock() - started;
  const CompressResult result = compress_watched(console, model, tables, warnings);
  if (result.model == nullptr) return end_without(console, result);
  const double saving = console.clock();
  CompressFacts facts{.model = output_,
                      .bytes_before = model.to_bytes().size(),
                      .bytes = result.model->to_bytes().size(),
                      .times = {},
                      .read_seconds = read_seconds,
                      .save_seconds = 0,
                      .warnings = {},
                      .replaces = holds_model(output_)};
  {
    const StopSignals::Held held;
    result.model->save(output_);
  }
  facts.save_seconds = console.clock() - saving;
  facts.warnings = warnings.all();
  if (result.interrupted) {
    console.err << "ffwd: interrupted; epoch " << result.best_epoch << " is saved in " << output_
                << (facts.replaces ? " in place of the model that was there\n" : "\n");
  }
  if (quiet_ && !json_) return stop_->exit_code();
  facts.times = time_predictions(model, *result.model, tables.data, console.clock);
  if (json_) {
    console.out << dump_json(compress_json(result, facts)) << '\n';
    return stop_->exit_code();
  }
  print_compressed(console, result, facts);
  print_wrote(console, std::vector<std::string>{output_}, console.clock() - started, facts.replaces);
  print_next(console, output_);
  return stop_->exit_code();
}

int Compress::end_without(const Console& console, const CompressResult& result) const {
  if (!result.interrupted) {
    raise({.kind = ErrorKind::kUsage,
           .what = "the time was up before the weights were gone; nothing is saved",
           .where = "--time-limit",
           .fix = "allow more, or leave it out"});
  }
  console.err << "ffwd: interrupted before the weights were gone; nothing is saved\n";
  return stop_->exit_code();
}

Tables Compress::read(const Console& console, const Model& model, Warnings& warnings) const {
  ReadOptions options = model.read_options();
  options.delimiter = delimiter_;
  options.threads = options_.threads;
  const auto table_of = [&](const std::string& path, const std::string& before) {
    Table table = read_table(path, options);
    for (const std::string& warning : table.warnings) warnings.add(before + warning);
    if (shows()) print_read(console, table);
    return table;
  };
  Tables tables{.data = table_of(data_path(data_), ""), .valid = {}, .test = {}};
  for (const auto& [option, name] : {std::pair("--weight", &weight_), std::pair("--group", &group_)}) {
    if (!name->empty()) static_cast<void>(find_columns(option, {name, 1}, tables.data));
  }
  if (!valid_.empty()) tables.valid = table_of(valid_, valid_ + ": ");
  if (!test_.empty()) tables.test = table_of(test_, test_ + ": ");
  return tables;
}

CompressResult Compress::compress_watched(const Console& console, const Model& model, const Tables& tables,
                                          Warnings& warnings) {
  std::optional<Progress> progress;
  TrainHooks hooks;
  hooks.clock = console.clock;
  hooks.stop = [this] { return stop_->requested(); };
  hooks.on_epoch = [&progress](const EpochRecord& record) {
    if (progress) progress->on_epoch(record);
  };
  hooks.on_step = [&progress](std::size_t step, std::size_t steps) {
    if (progress) progress->on_step(step, steps);
  };
  const auto on_prepared = [&](const CompressPrepared& prepared) {
    warnings.add(prepared.warnings);
    if (shows()) print_compress_prepared(console, model, prepared);
    soft_.emplace();
    if (!quiet_) progress.emplace(console, prepared.epochs, Networks{.members = model.members()});
  };
  const Table* const valid = tables.valid ? &*tables.valid : nullptr;
  const Table* const test = tables.test ? &*tables.test : nullptr;
  CompressResult result = compress(model, tables.data, valid, test, options_, hooks, on_prepared);
  progress.reset();
  warnings.add(result.warnings);
  return result;
}

}  // namespace

extern constinit const VerbRow compress_row{
    .name = "compress",
    .summary = "makes a trained model small and quick: most of its weights go",
    .arguments = "MODEL DATA [OPTIONS]",
    .example =
        "  ffwd compress price.ffwd houses.csv -o small.ffwd\n"
        "  ffwd compress price.ffwd houses.csv --max-loss 0.02 -o small.ffwd",
    .make = []() -> std::unique_ptr<Verb> { return std::make_unique<Compress>(); },
};

}  // namespace ffwd
