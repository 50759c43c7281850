// A tenth of the rate whenever the loss has stopped falling for some epochs.
#include <limits>

#include "optim/schedule.h"

namespace ffwd {
namespace {

class Plateau final : public Schedule {
 public:
  [[nodiscard]] double factor(std::size_t, std::size_t) const override { return factor_; }

  void end_epoch(double loss) override {
    if (loss < best_ * (1 - kLeastGain)) {
      best_ = loss;
      waited_ = 0;
    } else if (++waited_ > kPatience) {
      factor_ *= kDrop;
      waited_ = 0;
    }
  }

 private:
  static constexpr double kDrop = 0.1, kLeastGain = 1e-4;
  static constexpr int kPatience = 5;

  double best_ = std::numeric_limits<double>::max();
  double factor_ = 1.0;
  int waited_ = 0;
};

}  // namespace

extern constinit const ScheduleRow plateau_row{
    .name = "plateau",
    .summary = "a tenth of the rate after 6 epochs without a loss at least 0.01 % lower",
    .make = []() -> std::unique_ptr<Schedule> { return std::make_unique<Plateau>(); },
};

}  // namespace ffwd
