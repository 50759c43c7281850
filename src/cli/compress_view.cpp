#include "cli/compress_view.h"

#include <vector>

#include "cli/metrics_view.h"
#include "cli/network_view.h"
#include "cli/readable.h"
#include "cli/text_table.h"
#include "core/names.h"
#include "core/text.h"

namespace ffwd {
namespace {

std::string percent(double share) { return readable(100 * share) + " %"; }

std::string microseconds(double seconds) { return readable(1e6 * seconds) + " µs"; }

std::string how_it_went(const CompressResult& result) {
  std::string text = counted(result.epochs, "epoch");
  if (result.trainings > 1) text += " in " + std::to_string(result.trainings) + " trainings";
  text += ", " + readable_seconds(result.train_seconds);
  if (result.interrupted) text += ", interrupted";
  if (result.timed_out) text += ", then the time was up";
  return text + "; " + with_thousands(result.weights_left) + " of " + with_thousands(result.weights) +
         " weights are left, " + percent(result.sparsity) + " are gone";
}

void print_layers(const Console& console, const CompressResult& result) {
  TextTable table({{.text = "layer", .left = true},
                   {.text = "units before"},
                   {.text = "units"},
                   {.text = "weights before"},
                   {.text = "weights"}});
  for (const LayerChange& layer : result.layers) {
    table.add({shorten(layer.name, 40), with_thousands(layer.units_before), with_thousands(layer.units),
               with_thousands(layer.weights_before), with_thousands(layer.weights)});
  }
  table.print(console);
  if (result.unused.empty()) return;
  console.out << "  the answers no longer depend on " << join_names(result.unused, "and") << '\n';
}

/// The test rows if there are some, else those validated on, else those trained on.
struct Shown {
  const char* name;
  const FitResult::Part *before, *after;
};
std::vector<Shown> shown_parts(const CompressResult& result) {
  std::vector<Shown> shown;
  for (const Shown& part :
       {Shown{"train", &result.train_before, &result.train}, Shown{"valid", &result.valid_before, &result.valid},
        Shown{"test", &result.test_before, &result.test}}) {
    if (part.after->rows > 0) shown.push_back(part);
  }
  return shown;
}

Json metrics_by_part(const FitResult::Part& train, const FitResult::Part& valid, const FitResult::Part& test,
                     const std::vector<std::string>& classes) {
  const auto of = [&](const FitResult::Part& part) {
    return part.rows == 0 ? Json(nullptr) : metrics_json(part.metrics, classes);
  };
  return {{"train", of(train)}, {"valid", of(valid)}, {"test", of(test)}};
}

Json history_json(const std::vector<EpochRecord>& history) {
  Json json = Json::array();
  for (const EpochRecord& record : history) {
    json.push_back({{"epoch", record.epoch},
                    {"train_loss", number_or_null(record.train_loss)},
                    {"valid_loss", number_or_null(record.valid_loss)},
                    {"sparsity", record.sparsity},
                    {"learning_rate", record.learning_rate},
                    {"seconds", record.seconds}});
  }
  return json;
}

Json layers_json(const std::vector<LayerChange>& layers) {
  Json json = Json::array();
  for (const LayerChange& layer : layers) {
    json.push_back({{"name", layer.name},
                    {"units", {{"before", layer.units_before}, {"after", layer.units}}},
                    {"weights", {{"before", layer.weights_before}, {"after", layer.weights}}}});
  }
  return json;
}

}  // namespace

void print_compress_prepared(const Console& console, const Model& model, const CompressPrepared& prepared) {
  const auto some = [](std::size_t rows) { return rows == 0 ? std::string("none") : with_thousands(rows); };
  console.out << '\n'
              << console.bold("Model") << "  " << to_string(model.task()) << " of " << quoted_names(model.targets())
              << ", " << counted(prepared.weights, "weight");
  if (model.members() > 1) console.out << " in " << model.members() << " members";
  console.out << "\n  " << counted(prepared.train_rows, "row") << " to train on, " << some(prepared.valid_rows)
              << " to validate on, " << some(prepared.test_rows) << " to test on"
              << (prepared.same_rows ? ", as when it was trained" : "") << "\n"
              << std::flush;
}

void print_compressed(const Console& console, const CompressResult& result, const CompressFacts& facts) {
  console.out << '\n' << console.bold("Compressed") << "  " << how_it_went(result) << '\n';
  print_layers(console, result);
  const std::vector<Shown> parts = shown_parts(result);
  std::vector<std::string> headings;
  for (const Shown& part : parts) {
    headings.push_back(std::string(part.name) + " before");
    headings.emplace_back(part.name);
  }
  std::vector<MetricsColumn> columns;
  for (std::size_t k = 0; k < parts.size(); ++k) {
    columns.push_back({headings[2 * k], &parts[k].before->metrics});
    columns.push_back({headings[2 * k + 1], &parts[k].after->metrics});
  }
  console.out << '\n' << console.bold("Metrics") << '\n';
  print_metrics(console, columns);
  const PredictionTimes& times = facts.times;
  console.out << '\n'
              << console.bold("Size") << "   " << readable_bytes(facts.bytes) << ", before "
              << readable_bytes(facts.bytes_before) << '\n'
              << console.bold("Time") << "   " << microseconds(times.after.one_row) << " for a row alone, before "
              << microseconds(times.before.one_row) << "; " << microseconds(times.after.batch)
              << " for each of many, before " << microseconds(times.before.batch) << '\n';
}

Json compress_json(const CompressResult& result, const CompressFacts& facts) {
  const Model& model = *result.model;
  const std::vector<std::string>& classes = model.classes();
  Json json = Json::object();
  json["task"] = to_string(model.task());
  json["targets"] = model.targets();
  json["rows"] = {{"train", result.train.rows}, {"valid", result.valid.rows}, {"test", result.test.rows}};
  json["weights"] = {{"before", result.weights}, {"after", result.weights_left}};
  json["sparsity"] = result.sparsity;
  json["layers"] = layers_json(result.layers);
  json["unused"] = result.unused;
  json["network"] = network_with_counts(model.network());
  json["trainings"] = result.trainings;
  json["epochs"] = result.epochs;
  json["best_epoch"] = result.best_epoch;
  json["interrupted"] = result.interrupted;
  json["timed_out"] = result.timed_out;
  json["history"] = history_json(result.history);
  json["metrics"] = {{"before", metrics_by_part(result.train_before, result.valid_before, result.test_before, classes)},
                     {"after", metrics_by_part(result.train, result.valid, result.test, classes)}};
  json["bytes"] = {{"before", facts.bytes_before}, {"after", facts.bytes}};
  const auto times = [](double before, double after) { return Json{{"before", before}, {"after", after}}; };
  json["seconds_for_a_row"] = {{"alone", times(facts.times.before.one_row, facts.times.after.one_row)},
                               {"of_many", times(facts.times.before.batch, facts.times.after.batch)}};
  json["seconds"] = {{"read", facts.read_seconds},
                     {"prepare", result.prepare_seconds},
                     {"train", result.train_seconds},
                     {"save", facts.save_seconds}};
  json["model"] = facts.model;
  json["warnings"] = std::vector<std::string>(facts.warnings.begin(), facts.warnings.end());
  return json;
}

}  // namespace ffwd
