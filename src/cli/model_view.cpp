#include "cli/model_view.h"

#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "cli/metrics_view.h"
#include "cli/network_view.h"
#include "cli/readable.h"
#include "cli/text_table.h"
#include "core/names.h"
#include "core/text.h"

namespace ffwd {
namespace {

constexpr std::size_t kMostFeatures = 40;
constexpr std::size_t kMostNameBytes = 40;

/// A value of the training options: a number or a word, "" for null.
std::string word(const Json& value) {
  if (value.is_null()) return "";
  if (value.is_string()) return value.get<std::string>();
  return value.is_number_float() ? shortest(value.get<double>()) : value.dump();
}

void print_features(const Console& console, const Model& model) {
  const auto& features = model.features();
  console.out << console.bold("Features") << "  " << counted(features.size(), "column") << '\n';
  const std::vector<std::string> encodings = model.encodings();
  TextTable table(
      {{.text = "column", .left = true}, {.text = "type", .left = true}, {.text = "encoding", .left = true}});
  for (std::size_t k = 0; k < std::min(features.size(), kMostFeatures); ++k) {
    table.add({shorten(features[k].name, kMostNameBytes), std::string(to_string(features[k].type)), encodings[k]});
  }
  table.print(console);
  if (features.size() > kMostFeatures) console.out << "  … " << features.size() - kMostFeatures << " more\n";
}

/// "name value" for every option and fact of training but rows and metrics.
std::vector<std::string> training_facts(const Json& training) {
  std::vector<std::string> facts;
  for (const auto& [key, value] : training.items()) {
    if (key.ends_with("_options") && value.is_object()) {
      for (const std::string& fact : training_facts(value)) facts.push_back(fact);
    } else if (key == "members") {
      facts.push_back("members " + std::to_string(value.size()));
    } else if (value.is_array()) {
      for (const Json& rate : value) {
        facts.push_back(key + " " + shorten(word(rate.at("tensors"))) + "=" + word(rate.at("factor")));
      }
    } else if (!value.is_object() && !word(value).empty()) {
      facts.push_back(key + " " + word(value));
    }
  }
  return facts;
}

void print_training(const Console& console, const Json& training, const std::string& loss) {
  constexpr std::size_t kWidth = 100;
  std::string line = "  loss " + loss;
  console.out << console.bold("Training") << '\n';
  for (const std::string& fact : training_facts(training)) {
    line += ",";
    if (line.size() + fact.size() >= kWidth) {
      console.out << line << '\n';
      line = " ";
    }
    line += " " + fact;
  }
  console.out << line << '\n';
}

/// Of several targets, the figures of each in the model's order, whatever the order in the file.
Metrics metrics_from(const Json& json, const std::vector<std::string>& targets) {
  Metrics metrics;
  for (const auto& [name, value] : json.items()) {
    if (value.is_number()) metrics.values.push_back({.name = name, .value = value.get<double>()});
    if (value.is_null()) metrics.values.push_back({.name = name, .value = std::numeric_limits<double>::quiet_NaN()});
  }
  if (!json.contains("targets")) return metrics;
  for (const std::string& target : targets) {
    metrics.by_target.push_back({.target = target, .metrics = metrics_from(json.at("targets").at(target), {})});
  }
  return metrics;
}

void print_training_metrics(const Console& console, const Json& training, const std::vector<std::string>& targets) {
  std::array<std::pair<std::string, Metrics>, 3> parts;
  std::vector<MetricsColumn> columns;
  for (std::size_t k = 0; const char* name : {"train", "valid", "test"}) {
    const Json& part = training.at("metrics").at(name);
    if (part.is_null()) continue;
    const std::size_t rows = training.at("rows").at(name).get<std::size_t>();
    parts[k] = {std::string(name) + " (" + counted(rows, "row") + ")", metrics_from(part, targets)};
    columns.push_back({.heading = parts[k].first, .metrics = &parts[k].second});
    ++k;
  }
  console.out << console.bold("Metrics") << "  when it was trained\n";
  print_metrics(console, columns);
}

void print_compression(const Console& console, const Json& training) {
  if (!training.contains("compression")) return;
  const Json& made = training.at("compression");
  console.out << "  compressed in " << counted(made.at("epochs_run").get<std::size_t>(), "epoch") << ": "
              << with_thousands(made.at("weights_left").get<std::size_t>()) << " of "
              << with_thousands(made.at("weights").get<std::size_t>()) << " weights are left\n";
}

void print_cross_validation(const Console& console, const Json& training) {
  if (!training.contains("cross_validation")) return;
  const Json& cv = training.at("cross_validation");
  const auto figure = [](const Json& value) { return value.is_null() ? "–" : readable(value.get<double>()); };
  console.out << '\n'
              << console.bold("Cross-validation") << "  of " << cv.at("folds").dump()
              << " models of its kind, on rows they had not seen\n";
  TextTable table({{.text = "", .left = true}, {.text = "mean of folds"}, {.text = "± sd"}, {.text = "all rows"}});
  for (const auto& [name, of] : cv.at("metrics").items()) {
    table.add({name, figure(of.at("mean")), figure(of.at("sd")), figure(of.at("all"))});
  }
  table.print(console);
}

}  // namespace

Json model_json(const Model& model) {
  Json json = parse_json(model.description(), ErrorKind::kInternal, "model");
  const NetworkSpec& network = model.network();
  const std::vector<std::size_t> nonzero = model.nonzero_parameters();
  for (std::size_t k = 0; k < network.layers.size(); ++k) {
    json["network"]["layers"][k]["parameters"] = network.n_parameters(network.layers[k]);
    json["network"]["layers"][k]["nonzero"] = nonzero[k];
  }
  json["parameters"] = network.n_parameters();
  return json;
}

void print_model(const Console& console, const Model& model) {
  const Json json = model_json(model);
  console.out << console.bold("Model") << "  " << to_string(model.task()) << " of " << quoted_names(model.targets())
              << ", " << model.precision() << ", trained by ffwd " << word(json.at("version")) << '\n';
  if (model.members() > 1) {
    console.out << "  an ensemble: the answers of " << model.members() << " networks are averaged\n";
  }
  if (!model.classes().empty()) console.out << "  classes " << join_names(model.classes(), "and") << '\n';
  console.out << '\n';
  print_features(console, model);
  console.out << '\n';
  print_network(console, model.network(), model.nonzero_parameters());
  print_compression(console, json.at("training"));
  console.out << '\n';
  print_training(console, json.at("training"), word(json.at("likelihood").at("loss")));
  console.out << '\n';
  print_training_metrics(console, json.at("training"), model.targets());
  print_cross_validation(console, json.at("training"));
}

}  // namespace ffwd
