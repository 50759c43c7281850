// ffwd train: a table becomes a trained, evaluated, saved model.
#include <filesystem>
#include <limits>
#include <optional>
#include <system_error>

#include "cli/output_path.h"
#include "cli/progress.h"
#include "cli/signals.h"
#include "cli/train_json.h"
#include "cli/train_request.h"
#include "cli/train_view.h"
#include "cli/verb.h"
#include "cli/warnings.h"
#include "cli/written_view.h"
#include "core/names.h"
#include "file/atomic_write.h"
#include "model/parts.h"
#include "report/learning_curves.h"
#include "report/penalty_curve.h"
#include "table/parquet_store.h"

namespace ffwd {
namespace {

struct Tables {
  Table data;
  std::optional<Table> valid, test;
};

class Train final : public Verb {
 public:
  void declare(Command& command) override { request_.declare(command); }
  int run(Console& console) override;

 private:
  Tables read(const Console& console, Warnings& warnings);
  [[nodiscard]] std::optional<Table> read_like(const Table& data, const std::string& path, const Console& console,
                                               Warnings& warnings) const;
  /// The number of cells from which on tables are not read whole, where the file allows.
  [[nodiscard]] std::size_t large_table(const Console& console) const;
  SelectResult select_watched(const Console& console, const Tables& tables, Warnings& warnings);
  void save(const SelectResult& selected) const;
  void tell(const Console& console, const SelectResult& selected, const RunFacts& run, double started) const;
  /// Whether models of folds are trained before the one that is kept.
  [[nodiscard]] bool selects() const { return request_.select.folds > 0 || !request_.select.penalty.empty(); }
  /// The networks that are trained on folds, where each is `networks` in all.
  [[nodiscard]] Networks of_folds(Networks networks) const;
  [[nodiscard]] bool shows() const { return !request_.json && !request_.quiet; }

  TrainRequest request_;
  std::optional<StopSignals> stop_;
  std::optional<StopSignals::Soft> soft_;  ///< from the first epoch on
};

int Train::run(Console& console) {
  stop_.emplace();
  const double started = console.clock();
  Warnings warnings(console);
  request_.settle();
  const Tables tables = read(console, warnings);
  const double read_seconds = console.clock() - started;
  const SelectResult selected = select_watched(console, tables, warnings);
  const FitResult& result = selected.fit;
  if (result.model == nullptr) {
    console.err << "ffwd: interrupted before the first epoch " << (selects() ? "of the model that is kept " : "")
                << "was finished; nothing is saved\n";
    return stop_->exit_code();
  }
  const double saving = console.clock();
  const bool replaces = holds_model(request_.output);
  save(selected);
  const double now = console.clock();
  if (result.interrupted) {
    const std::string what = result.members.size() > 1 ? std::to_string(result.members.size()) + " members are"
                                                       : "epoch " + std::to_string(result.best_epoch) + " is";
    console.err << "ffwd: interrupted; " << what << " saved in " << request_.output
                << (replaces ? " in place of the model that was there\n" : "\n");
  }
  const RunFacts run{.model = request_.output,
                     .read_seconds = read_seconds,
                     .save_seconds = now - saving,
                     .warnings = warnings.all(),
                     .replaces = replaces};
  tell(console, selected, run, started);
  return stop_->exit_code();
}

void Train::tell(const Console& console, const SelectResult& selected, const RunFacts& run, double started) const {
  if (request_.json) {
    console.out << dump_json(train_json(selected, run)) << '\n';
    return;
  }
  if (request_.quiet) return;
  print_selection(console, selected);
  print_result(console, selected.fit);
  std::vector<std::string> written = {request_.output};
  for (const std::string& picture : {request_.plot, request_.plot_path}) {
    if (!picture.empty() && (picture != request_.plot_path || selected.path)) written.push_back(picture);
  }
  console.out << '\n';
  print_wrote(console, written, console.clock() - started, run.replaces);
  print_next(console, request_.output);
}

Tables Train::read(const Console& console, Warnings& warnings) {
  const std::size_t large = large_table(console);
  Tables tables{.data = request_.read_data(large), .valid = {}, .test = {}};
  warnings.add(tables.data.warnings);
  if (tables.data.delimiter == 0) request_.fit.missing.clear();  // no CSV file: it has no marks to be remembered
  if (shows()) print_read(console, tables.data);
  request_.name_columns(tables.data);
  for (const std::string& own : {request_.valid, request_.test}) {
    std::error_code fault;
    if (own.empty() || !std::filesystem::equivalent(own, request_.data, fault)) continue;
    warnings.add(own + ": is the table that is trained on, so its metrics say nothing about new rows");
  }
  request_.bring_in_roles(tables.data);
  tables.valid = read_like(tables.data, request_.valid, console, warnings);
  tables.test = read_like(tables.data, request_.test, console, warnings);
  return tables;
}

// Folds read their rows again and again, so they want them in memory.
std::size_t Train::large_table(const Console& console) const {
  if (selects()) return std::numeric_limits<std::size_t>::max();
  const std::string asked = console.environment("FFWD_LARGE_TABLE").value_or("");
  return asked.empty() ? kLargeTable
                       : read_count("FFWD_LARGE_TABLE", asked, 0, std::numeric_limits<std::size_t>::max());
}

std::optional<Table> Train::read_like(const Table& data, const std::string& path, const Console& console,
                                      Warnings& warnings) const {
  if (path.empty()) return std::nullopt;
  ReadOptions options = request_.read;
  // A few rows may look like another type than all rows of the data did: "7" in a column of codes is text.
  for (const Column& column : data.columns()) {
    if (column.type != ColumnType::kMissing) options.types[column.name] = column.type;
  }
  for (const std::string& dropped : request_.fit.drop) options.types.erase(dropped);
  Table table = open_table(path, options, large_table(console));
  for (const std::string& warning : table.warnings) warnings.add(path + ": " + warning);
  request_.bring_in_roles(table);
  if (shows()) print_read(console, table);
  return table;
}

SelectResult Train::select_watched(const Console& console, const Tables& tables, Warnings& warnings) {
  std::optional<Progress> progress;
  bool in_folds = selects();
  Networks of_model;
  std::size_t epochs = 0;
  TrainHooks hooks;
  hooks.clock = console.clock;
  hooks.stop = [this] { return stop_->requested(); };
  hooks.on_epoch = [&](const EpochRecord& record) {
    if (!progress) return;
    if (in_folds && record.fold == 0) progress.emplace(console, epochs, of_model);
    in_folds = in_folds && record.fold > 0;
    progress->on_epoch(record);
  };
  hooks.on_step = [&progress](std::size_t step, std::size_t steps) {
    if (progress) progress->on_step(step, steps);
  };
  const auto on_prepared = [&](const Prepared& prepared) {
    warnings.add(prepared.warnings);
    if (prepared.valid_rows == 0 && request_.fit.train.stop_on != "loss") {
      warnings.add("--stop-on: there are no validation rows to look at, so all epochs run (--valid-fraction)");
    }
    if (prepared.valid_rows == 0 && request_.patience.value_or(0) > 0) {
      warnings.add("--patience: there are no validation rows to look at, so all epochs run (--valid-fraction)");
    }
    if (shows()) print_prepared(console, prepared);
    soft_.emplace();
    of_model = {.starts = prepared.restarts, .members = prepared.network.members};
    epochs = prepared.epochs;
    if (!request_.quiet) progress.emplace(console, epochs, in_folds ? of_folds(of_model) : of_model);
  };
  const Table* const valid = tables.valid ? &*tables.valid : nullptr;
  const Table* const test = tables.test ? &*tables.test : nullptr;
  SelectResult result = select(tables.data, valid, test, request_.fit, request_.select, hooks, on_prepared);
  progress.reset();
  warnings.add(result.fit.warnings);
  return result;
}

Networks Train::of_folds(Networks networks) const {
  const SelectOptions& asked = request_.select;
  networks.folds = asked.folds == 0 ? kUsualFolds : asked.folds;
  if (asked.penalty.empty()) return networks;
  networks.members = 1;
  networks.penalties = asked.lambdas;
  return networks;
}

void Train::save(const SelectResult& selected) const {
  const StopSignals::Held held;
  const FitResult& result = selected.fit;
  result.model->save(request_.output);
  if (selected.path && !request_.plot_path.empty()) {
    write_file(request_.plot_path,
               penalty_curve_svg(*selected.path, "Penalty: " + join_names(result.model->targets(), "and")));
  }
  if (request_.plot.empty()) return;
  const Model& model = *result.model;
  std::string loss(model.parts().loss.row().summary);
  if (model.task() == Task::kRegression) loss += ", standardised";
  write_file(request_.plot, learning_curves_svg(result.history, result.best_epoch,
                                                "Learning curves: " + join_names(model.targets(), "and"), loss));
}

}  // namespace

extern constinit const VerbRow train_row{
    .name = "train",
    .summary = "learns from a table: fits, evaluates and saves a model",
    .arguments = "DATA --target NAME [OPTIONS]",
    .example =
        "  ffwd train houses.csv --target price\n"
        "  ffwd train patients.csv --target outcome --drop id,name --hidden 32 -o outcome.ffwd",
    .make = []() -> std::unique_ptr<Verb> { return std::make_unique<Train>(); },
};

}  // namespace ffwd
