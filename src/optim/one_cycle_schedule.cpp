// One cycle: a straight rise from `start` of the base rate to the base rate over the first `rise` of the steps, then
// half a cosine down to `final` of it. The large rate in the middle regularises, and is reached and left slowly enough
// to stay stable.
//
// Source: Smith & Topin (2017), "Super-Convergence: very fast training of neural networks using large learning rates".
// They fall in two straight lines; half a cosine does the same without a corner. The momentum stays as it is.
#include "core/cosine.h"
#include "optim/schedule.h"

namespace ffwd {
namespace {

class OneCycle final : public Schedule {
 public:
  explicit OneCycle(const ScheduleOptions& o) : rise_(*o.rise), start_(*o.start), left_(*o.final) {}

  [[nodiscard]] double factor(const SchedulePoint& at) const override {
    const double position = at.share();
    if (position < rise_) return start_ + (1 - start_) * (position / rise_);
    return left_ + (1 - left_) * (0.5 * (1.0 + cos_pi((position - rise_) / (1 - rise_))));
  }

 private:
  double rise_, start_, left_;
};

constexpr UsedBySchedule kOptions[] = {{.option = &schedule_option::kRise, .value = 0.3},
                                       {.option = &schedule_option::kStart, .value = 1.0 / 25},
                                       {.option = &schedule_option::kFinal, .value = 0}};

}  // namespace

extern constinit const ScheduleRow one_cycle_row{
    .name = "one_cycle",
    .summary = "up to the rate over the first 30 % of the steps, then half a cosine down to zero",
    .source = "Smith & Topin 2017",
    .make = [](const ScheduleOptions& o) -> std::unique_ptr<Schedule> { return std::make_unique<OneCycle>(o); },
    .options = kOptions,
    .warms_up = true,
};

}  // namespace ffwd
