// Metrics as JSON and as tables in a terminal.
#pragma once

#include <string>
#include <vector>

#include "cli/console.h"
#include "core/json.h"
#include "ffwd/metrics.h"

namespace ffwd {

/// `value`, or null where it is not finite.
[[nodiscard]] Json number_or_null(double value);

/// {"rmse": …}; for classification also "confusion_matrix": rows are true classes, columns predicted ones, in the order
/// of "classes".
[[nodiscard]] Json metrics_json(const Metrics& metrics, const std::vector<std::string>& classes);

/// One column of a table of metrics.
struct MetricsColumn {
  std::string heading;
  const Metrics* metrics;
};
void print_metrics(const Console& console, const std::vector<MetricsColumn>& columns);

/// Rows are true classes, columns predicted ones. Of many classes only says where to find it.
void print_confusion(const Console& console, const Metrics& metrics, const std::vector<std::string>& classes);

}  // namespace ffwd
