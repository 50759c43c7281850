// The same rate throughout.
#include "optim/schedule.h"

namespace ffwd {
namespace {

class Constant final : public Schedule {
 public:
  [[nodiscard]] double factor(const SchedulePoint&) const override { return 1.0; }
  [[nodiscard]] bool is_constant() const override { return true; }
};

}  // namespace

extern constinit const ScheduleRow constant_row{
    .name = "constant",
    .summary = "the same rate throughout",
    .source = "",
    .make = [](const ScheduleOptions&) -> std::unique_ptr<Schedule> { return std::make_unique<Constant>(); },
};

}  // namespace ffwd
