// ffwd predict: a model's answers for the rows of a table.
#include <functional>

#include "cli/column_words.h"
#include "cli/common_options.h"
#include "cli/output_path.h"
#include "cli/predicted.h"
#include "cli/prediction_csv.h"
#include "cli/prediction_table.h"
#include "cli/signals.h"
#include "cli/verb.h"
#include "cli/written_view.h"
#include "file/atomic_write.h"
#include "table/arrow_file.h"

namespace ffwd {
namespace {

class Predict final : public Verb {
 public:
  void declare(Command& command) override;
  int run(Console& console) override;

 private:
  void write(const Predicted& predicted, const std::function<void(std::string_view)>& to) const;

  PredictionInput input_;
  std::string output_;
  std::vector<std::string> keep_;
  bool quiet_ = false;
};

void Predict::declare(Command& command) {
  command.argument("MODEL", "the model file, as train wrote it", input_.model);
  command.argument("DATA", "the rows to predict: a table with the columns the model reads, in any order", input_.data);
  command.option({.names = "-o,--output",
                  .value = "FILE",
                  .summary = "the file to write: CSV, or what its ending says: .parquet, .arrow, .feather, .arrows; - "
                             "for standard output",
                  .default_text = "standard output",
                  .set = text(output_)});
  command.option({.names = "--keep",
                  .value = "NAMES",
                  .summary = "columns of DATA to write before the predictions, separated by commas",
                  .set = each(keep_),
                  .repeatable = true});
  declare_delimiter(command, input_.delimiter);
  declare_threads(command, input_.threads);
  command.flag("--quiet", "does not say what was written", quiet_);
}

int Predict::run(Console& console) {
  const StopSignals stop;
  const double started = console.clock();
  if (output_ == "-") output_.clear();
  if (!output_.empty()) {
    const std::vector<std::string> read = {input_.model, input_.data};
    check_not_read("--output", output_, read);
    check_prediction_ending("--output", output_);
    check_writable(output_);
    if (arrow_kind_of_name(output_)) check_arrow_plugin(output_);
  }
  Warnings warnings(console);
  const Predicted predicted = predict_file(input_, columns_maybe_named(keep_), warnings);
  if (output_.empty()) {
    write(predicted, [&console](std::string_view piece) { console.out << piece; });
    return stop.exit_code();
  }
  const StopSignals::Held held;
  AtomicFile file(output_);
  write(predicted, [&file](std::string_view piece) { file.write(piece); });
  file.commit();
  if (!quiet_) print_wrote(console, {&output_, 1}, console.clock() - started);
  return stop.exit_code();
}

void Predict::write(const Predicted& predicted, const std::function<void(std::string_view)>& to) const {
  const Table& table = predicted.table;
  const std::vector<std::size_t> kept = find_columns("--keep", columns_named(keep_, table), table);
  if (const auto kind = arrow_kind_of_name(output_))
    write_arrow_file(*kind, prediction_table(predicted.model, table, predicted.prediction, kept), output_, to);
  else
    write_prediction_csv(predicted.model, table, predicted.prediction, kept, to);
}

}  // namespace

extern constinit const VerbRow predict_row{
    .name = "predict",
    .summary = "answers of a model for the rows of a table",
    .arguments = "MODEL DATA [OPTIONS]",
    .example =
        "  ffwd predict price.ffwd new-houses.csv -o predictions.csv\n"
        "  ffwd predict price.ffwd new-houses.csv --keep id | head",
    .make = []() -> std::unique_ptr<Verb> { return std::make_unique<Predict>(); },
};

}  // namespace ffwd
