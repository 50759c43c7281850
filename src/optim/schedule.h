// Schedules: the one table of how the learning rate moves over a run.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "optim/schedule_options.h"

namespace ffwd {

/// Where in its run training is.
struct SchedulePoint {
  std::size_t step = 0;   ///< from 0
  std::size_t steps = 1;  ///< that a full run has
  std::size_t steps_per_epoch = 1;

  [[nodiscard]] std::size_t epoch() const { return step / steps_per_epoch; }  ///< from 0
  [[nodiscard]] std::size_t epochs() const { return (steps + steps_per_epoch - 1) / steps_per_epoch; }
  /// The share of the run that is done, in [0, 1).
  [[nodiscard]] double share() const { return static_cast<double>(step) / static_cast<double>(steps); }
};

class Schedule {
 public:
  virtual ~Schedule() = default;
  /// The factor on the base rate for the step at this point.
  [[nodiscard]] virtual double factor(const SchedulePoint& at) const = 0;
  /// Whether that is the same at every point.
  [[nodiscard]] virtual bool is_constant() const { return false; }
  /// Told after each epoch: the validation loss, or the training loss without validation rows.
  virtual void end_epoch(double /*loss*/) {}
};

struct ScheduleRow {
  std::string_view name;
  std::string_view summary;
  std::string_view source;
  std::unique_ptr<Schedule> (*make)(const ScheduleOptions& options);  ///< options with the row's defaults in place
  std::span<const UsedBySchedule> options = {};
  bool warms_up = false;  ///< starts with a low rate of its own accord
};

/// Written by the build from the files of this folder.
[[nodiscard]] std::span<const ScheduleRow* const> schedules();

/// The schedule with these options, the row's defaults in place of what is not given.
[[nodiscard]] std::unique_ptr<Schedule> make_schedule(const ScheduleRow& row, const ScheduleOptions& options);

}  // namespace ffwd
