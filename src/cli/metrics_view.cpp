#include "cli/metrics_view.h"

#include <cmath>
#include <cstddef>

#include "cli/readable.h"
#include "cli/text_table.h"
#include "core/names.h"
#include "core/text.h"
#include "model/training_json.h"

namespace ffwd {
namespace {

constexpr std::size_t kMostClassesShown = 12;
constexpr std::size_t kMostNameBytes = 16;
constexpr std::size_t kMostTargetBytes = 48;

void add_metrics(TextTable& table, const std::string& before, const std::vector<MetricsColumn>& columns) {
  for (const Metrics::Value& metric : columns.front().metrics->values) {
    std::vector<std::string> cells = {before + metric.name};
    for (const MetricsColumn& column : columns) cells.push_back(readable((*column.metrics)[metric.name]));
    table.add(std::move(cells));
  }
}

}  // namespace

Json number_or_null(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json metrics_json(const Metrics& metrics, const std::vector<std::string>& classes) {
  Json json = metrics_json(metrics);
  if (!metrics.confusion.empty()) json["classes"] = classes;
  return json;
}

void print_metrics(const Console& console, const std::vector<MetricsColumn>& columns) {
  std::vector<Heading> headings = {{.text = "", .left = true}};
  for (const MetricsColumn& column : columns) headings.push_back({.text = column.heading});
  TextTable table(std::move(headings));
  const std::vector<TargetMetrics>& targets = columns.front().metrics->by_target;
  if (targets.empty()) add_metrics(table, "", columns);
  for (std::size_t k = 0; k < targets.size(); ++k) {
    std::vector<MetricsColumn> of_target;
    for (const MetricsColumn& column : columns) {
      of_target.push_back({.heading = "", .metrics = &column.metrics->by_target[k].metrics});
    }
    add_metrics(table, shorten(targets[k].target, kMostTargetBytes) + ": ", of_target);
  }
  table.print(console);
}

void print_confusion(const Console& console, const Metrics& metrics, const std::vector<std::string>& classes) {
  if (metrics.confusion.empty()) return;
  if (classes.size() > kMostClassesShown) {
    console.out << "  (the confusion matrix of " << classes.size() << " classes is in the output of --json)\n";
    return;
  }
  std::vector<Heading> headings = {{.text = "true \\ predicted", .left = true}};
  for (const std::string& name : classes) headings.push_back({.text = shorten(name, kMostNameBytes)});
  TextTable table(headings);
  for (std::size_t k = 0; k < classes.size(); ++k) {
    std::vector<std::string> cells = {headings[k + 1].text};
    for (const std::size_t n : metrics.confusion[k]) cells.push_back(with_thousands(n));
    table.add(std::move(cells));
  }
  table.print(console);
}

}  // namespace ffwd
