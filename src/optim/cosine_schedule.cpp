// Half a cosine from the base rate down to `final` of it over all steps. Loshchilov & Hutter (2017), equation 5,
// without restarts.
#include "core/cosine.h"
#include "optim/schedule.h"

namespace ffwd {
namespace {

class Cosine final : public Schedule {
 public:
  explicit Cosine(double left) : left_(left) {}
  [[nodiscard]] double factor(const SchedulePoint& at) const override {
    return left_ + (1 - left_) * (0.5 * (1.0 + cos_pi(at.share())));
  }

 private:
  double left_;
};

constexpr UsedBySchedule kOptions[] = {{.option = &schedule_option::kFinal, .value = 0}};

}  // namespace

extern constinit const ScheduleRow cosine_row{
    .name = "cosine",
    .summary = "half a cosine from the rate down to zero over all epochs",
    .source = "Loshchilov & Hutter 2017",
    .make = [](const ScheduleOptions& o) -> std::unique_ptr<Schedule> { return std::make_unique<Cosine>(*o.final); },
    .options = kOptions,
};

}  // namespace ffwd
