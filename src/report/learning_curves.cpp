#include "report/learning_curves.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/text.h"
#include "report/chart.h"
#include "report/number_label.h"

namespace ffwd {

namespace {

ChartSeries curve(const char* label, std::span<const EpochRecord> history, double EpochRecord::* loss) {
  ChartSeries series{.label = label, .points = {}};
  for (const EpochRecord& record : history) series.points.push_back({static_cast<double>(record.epoch), record.*loss});
  return series;
}

std::string counted_epochs(std::size_t n) { return with_thousands(n) + (n == 1 ? " epoch" : " epochs"); }

}  // namespace

std::string learning_curves_svg(std::span<const EpochRecord> history, std::size_t best_epoch, const std::string& title,
                                const std::string& loss) {
  const bool validated =
      std::ranges::any_of(history, [](const EpochRecord& record) { return std::isfinite(record.valid_loss); });
  Chart chart{.title = title,
              .subtitle = counted_epochs(history.size()),
              .x_label = "epoch",
              .y_label = loss,
              .series = {curve("training", history, &EpochRecord::train_loss)},
              .marks = {}};
  if (validated) chart.series.push_back(curve("validation", history, &EpochRecord::valid_loss));

  const auto& last_curve = chart.series.back();
  const auto kept = std::ranges::find(last_curve.points, static_cast<double>(best_epoch), &Point::x);
  if (kept != last_curve.points.end() && std::isfinite(kept->y)) {
    chart.subtitle += fmt::format("; kept: epoch {}, {} loss {}", with_thousands(best_epoch), last_curve.label,
                                  rounded_label(kept->y));
    chart.marks.push_back({chart.series.size() - 1, *kept, "kept: epoch " + with_thousands(best_epoch)});
  }
  if (!validated) chart.subtitle += "; no validation rows";
  return draw(chart);
}

}  // namespace ffwd
