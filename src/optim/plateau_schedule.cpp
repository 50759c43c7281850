// The rate times `factor` whenever the loss has stopped falling for more than `patience` epochs.
#include <cmath>
#include <limits>

#include "optim/schedule.h"

namespace ffwd {
namespace {

class Plateau final : public Schedule {
 public:
  explicit Plateau(const ScheduleOptions& o) : drop_(*o.factor), patience_(*o.patience) {}

  [[nodiscard]] double factor(const SchedulePoint&) const override { return factor_; }

  void end_epoch(double loss) override {
    if (loss < best_ - kLeastGain * std::abs(best_) || !std::isfinite(best_)) {
      best_ = loss;
      waited_ = 0;
    } else if (++waited_ > patience_) {
      factor_ *= drop_;
      waited_ = 0;
    }
  }

 private:
  static constexpr double kLeastGain = 1e-4;

  double drop_, patience_;
  double best_ = std::numeric_limits<double>::max();
  double factor_ = 1.0;
  double waited_ = 0;
};

constexpr UsedBySchedule kOptions[] = {{.option = &schedule_option::kFactor, .value = 0.1},
                                       {.option = &schedule_option::kPatience, .value = 5}};

}  // namespace

extern constinit const ScheduleRow plateau_row{
    .name = "plateau",
    .summary = "a tenth of the rate after 6 epochs without a loss at least 0.01 % lower",
    .source = "",
    .make = [](const ScheduleOptions& o) -> std::unique_ptr<Schedule> { return std::make_unique<Plateau>(o); },
    .options = kOptions,
};

}  // namespace ffwd
