// ffwd inspect: what is in a file, a model or a table.
#include "cli/common_options.h"
#include "cli/model_view.h"
#include "cli/output_path.h"
#include "cli/signals.h"
#include "cli/table_view.h"
#include "cli/train_view.h"
#include "cli/verb.h"
#include "cli/warnings.h"
#include "cli/written_view.h"
#include "core/names.h"
#include "core/raise.h"
#include "file/atomic_write.h"
#include "report/network_graph.h"
#include "table/table_json.h"

namespace ffwd {
namespace {

class Inspect final : public Verb {
 public:
  void declare(Command& command) override;
  int run(Console& console) override;

 private:
  void inspect_model(const Console& console) const;
  void inspect_data(const Console& console);
  void draw(const Model& model) const;

  std::string file_, plot_;
  ReadOptions read_;
  std::vector<std::string> missing_;
  bool values_ = false;
  bool json_ = false;
};

/// A file named like a model is taken for one too: what is wrong with it is then said in those terms.
bool is_model(const std::string& path) {
  return path.ends_with(".ffwd") || path.ends_with(".safetensors") || holds_model(path);
}

void Inspect::declare(Command& command) {
  command.argument("FILE", "a model file, or a table: CSV, also .gz or .zst, Parquet or Arrow", file_);
  declare_delimiter(command, read_.delimiter);
  declare_missing(command, missing_);
  command.flag("--values", "with --json: the values of every column too", values_);
  command.option(
      {.names = "--plot", .value = "FILE", .summary = "draws a model's network as an SVG picture", .set = text(plot_)});
  declare_threads(command, read_.threads);
  declare_json(command, json_);
}

int Inspect::run(Console& console) {
  const StopSignals stop;
  if (values_ && !json_) {
    raise({.kind = ErrorKind::kUsage, .what = "goes with --json only", .where = "--values", .fix = "add --json"});
  }
  if (!missing_.empty()) read_.missing = missing_;
  if (is_model(file_)) {
    inspect_model(console);
  } else {
    inspect_data(console);
  }
  return stop.exit_code();
}

void Inspect::inspect_model(const Console& console) const {
  if (read_.delimiter != 0 || read_.missing || values_) {
    raise({.kind = ErrorKind::kUsage,
           .what = "--delimiter, --missing and --values are for tables",
           .where = file_,
           .fix = "leave them out: this is a model file"});
  }
  const double started = console.clock();
  const Model model = Model::load(file_);
  draw(model);
  if (json_) {
    console.out << dump_json(model_json(model)) << '\n';
  } else {
    print_model(console, model);
    if (plot_.empty()) return;
    console.out << '\n';
    print_wrote(console, std::vector<std::string>{plot_}, console.clock() - started);
  }
}

void Inspect::draw(const Model& model) const {
  if (plot_.empty()) return;
  check_not_read("--plot", plot_, std::vector<std::string>{file_});
  check_picture_path("--plot", plot_);
  write_file(plot_, network_graph_svg(model.network(), "Network: " + join_names(model.targets(), "and")));
}

void Inspect::inspect_data(const Console& console) {
  if (!plot_.empty()) {
    raise({.kind = ErrorKind::kUsage,
           .what = "draws the network of a model",
           .where = "--plot",
           .fix = "leave it out: '" + file_ + "' is a table"});
  }
  const Table table = read_table(data_path(file_), read_);
  Warnings(console).add(table.warnings);
  if (json_) {
    console.out << dump_json(table_json(table, values_)) << '\n';
    return;
  }
  print_read(console, table);
  console.out << '\n';
  print_columns(console, table);
}

}  // namespace

extern constinit const VerbRow inspect_row{
    .name = "inspect",
    .summary = "what is in a file: a model, or a table and the types of its columns",
    .arguments = "FILE [OPTIONS]",
    .example =
        "  ffwd inspect houses.csv\n"
        "  ffwd inspect price.ffwd --plot network.svg",
    .make = []() -> std::unique_ptr<Verb> { return std::make_unique<Inspect>(); },
};

}  // namespace ffwd
