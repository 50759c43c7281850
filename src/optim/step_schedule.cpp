// The rate times `factor` after every so many epochs.
#include "optim/schedule.h"

namespace ffwd {
namespace {

class Steps final : public Schedule {
 public:
  explicit Steps(const ScheduleOptions& o) : drop_(*o.factor), every_(o.every) {}

  [[nodiscard]] double factor(const SchedulePoint& at) const override {
    const std::size_t third = (at.epochs() + 2) / 3;
    const std::size_t falls = at.epoch() / (every_ ? static_cast<std::size_t>(*every_) : third);
    double factor = 1;
    for (std::size_t k = 0; k < falls && factor > 0; ++k) factor *= drop_;
    return factor;
  }

 private:
  double drop_;
  std::optional<double> every_;
};

constexpr UsedBySchedule kOptions[] = {
    {.option = &schedule_option::kFactor, .value = 0.1},
    {.option = &schedule_option::kEvery, .text = "a third of all epochs"},
};

}  // namespace

extern constinit const ScheduleRow step_row{
    .name = "step",
    .summary = "a tenth of the rate after each third of all epochs",
    .source = "",
    .make = [](const ScheduleOptions& o) -> std::unique_ptr<Schedule> { return std::make_unique<Steps>(o); },
    .options = kOptions,
};

}  // namespace ffwd
