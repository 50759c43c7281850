// Schedules: the one table of how the learning rate moves over a run.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace ffwd {

class Schedule {
 public:
  virtual ~Schedule() = default;
  /// The factor on the base rate for step `step` (from 0) of the `steps` that a full run has.
  [[nodiscard]] virtual double factor(std::size_t step, std::size_t steps) const = 0;
  /// Told after each epoch: the validation loss, or the training loss without validation rows.
  virtual void end_epoch(double /*loss*/) {}
};

struct ScheduleRow {
  std::string_view name;
  std::string_view summary;
  std::unique_ptr<Schedule> (*make)();
  bool warms_up = false;  ///< starts with a low rate of its own accord
};

/// Written by the build from the files of this folder.
[[nodiscard]] std::span<const ScheduleRow* const> schedules();

}  // namespace ffwd
