// The rate divided by r, the number of the epoch, or of the update, from 1: its sum has no bound and the sum of its
// squares has, which is what stochastic approximation asks for. Robbins & Monro (1951).
#include "optim/schedule.h"

namespace ffwd {
namespace {

class Inverse final : public Schedule {
 public:
  explicit Inverse(bool per_update) : per_update_(per_update) {}
  [[nodiscard]] double factor(const SchedulePoint& at) const override {
    return 1.0 / static_cast<double>(1 + (per_update_ ? at.step : at.epoch()));
  }

 private:
  bool per_update_;
};

constexpr UsedBySchedule kOptions[] = {{.option = &schedule_option::kPerUpdate}};

}  // namespace

extern constinit const ScheduleRow inverse_row{
    .name = "inverse",
    .summary = "the rate divided by the number of the epoch",
    .source = "Robbins & Monro 1951",
    .make = [](const ScheduleOptions& o) -> std::unique_ptr<Schedule> {
      return std::make_unique<Inverse>(o.per_update);
    },
    .options = kOptions,
};

}  // namespace ffwd
