// The rate times `factor` after each epoch; unless it is given, such that a hundredth of the rate would be left after
// all.
#include "kernels/kernels.h"
#include "optim/schedule.h"

namespace ffwd {
namespace {

/// The engine's own, the same on every machine.
double logarithm(double x) {
  double y = 0;
  kernels<double>().log(&x, &y, 1);
  return y;
}
double exponential(double x) {
  double y = 0;
  kernels<double>().exp(&x, &y, 1);
  return y;
}

class Exponential final : public Schedule {
 public:
  explicit Exponential(const ScheduleOptions& o)
      : per_epoch_(o.factor ? logarithm(*o.factor) : 0), in_all_(logarithm(kLeft)) {}

  [[nodiscard]] double factor(const SchedulePoint& at) const override {
    const double per_epoch = per_epoch_ != 0 ? per_epoch_ : in_all_ / static_cast<double>(at.epochs());
    return exponential(per_epoch * static_cast<double>(at.epoch()));
  }

 private:
  static constexpr double kLeft = 0.01;
  double per_epoch_, in_all_;
};

constexpr UsedBySchedule kOptions[] = {
    {.option = &schedule_option::kFactor, .text = "such that a hundredth is left at the end"},
};

}  // namespace

extern constinit const ScheduleRow exponential_row{
    .name = "exponential",
    .summary = "lower by the same factor after each epoch, to a hundredth at the end",
    .source = "",
    .make = [](const ScheduleOptions& o) -> std::unique_ptr<Schedule> { return std::make_unique<Exponential>(o); },
    .options = kOptions,
};

}  // namespace ffwd
