// One cycle: a straight rise from 1/25 of the base rate to the base rate over the first 30 % of the steps, then half a
// cosine down to zero. The large rate in the middle regularises, and is reached and left slowly enough to stay stable.
//
// Source: Smith & Topin (2017), "Super-Convergence: very fast training of neural networks using large learning rates".
// They fall in two straight lines; half a cosine does the same without a corner. The momentum stays as it is.
#include "core/cosine.h"
#include "optim/schedule.h"

namespace ffwd {
namespace {

class OneCycle final : public Schedule {
 public:
  [[nodiscard]] double factor(std::size_t step, std::size_t steps) const override {
    const double position = static_cast<double>(step) / static_cast<double>(steps);
    if (position < kRise) return kStart + (1 - kStart) * (position / kRise);
    return 0.5 * (1.0 + cos_pi((position - kRise) / (1 - kRise)));
  }

 private:
  static constexpr double kRise = 0.3, kStart = 1.0 / 25;
};

}  // namespace

extern constinit const ScheduleRow one_cycle_row{
    .name = "one_cycle",
    .summary = "up to the rate over the first 30 % of the steps, then half a cosine down to zero",
    .make = []() -> std::unique_ptr<Schedule> { return std::make_unique<OneCycle>(); },
    .warms_up = true,
};

}  // namespace ffwd
