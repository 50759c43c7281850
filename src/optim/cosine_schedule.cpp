// Half a cosine from the base rate down to zero over all steps. Loshchilov & Hutter (2017), without restarts.
#include "core/cosine.h"
#include "optim/schedule.h"

namespace ffwd {
namespace {

class Cosine final : public Schedule {
 public:
  [[nodiscard]] double factor(std::size_t step, std::size_t steps) const override {
    return 0.5 * (1.0 + cos_pi(static_cast<double>(step) / static_cast<double>(steps)));
  }
};

}  // namespace

extern constinit const ScheduleRow cosine_row{
    .name = "cosine",
    .summary = "half a cosine from the rate down to zero over all epochs",
    .make = []() -> std::unique_ptr<Schedule> { return std::make_unique<Cosine>(); },
};

}  // namespace ffwd
