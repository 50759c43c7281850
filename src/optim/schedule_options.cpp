#include "optim/schedule_options.h"

namespace ffwd {

std::span<const ScheduleOption* const> schedule_options() {
  using namespace schedule_option;
  static constexpr const ScheduleOption* kRows[] = {&kFactor, &kEvery, &kPatience, &kRise,
                                                    &kStart,  &kFinal, &kPerUpdate};
  return kRows;
}

}  // namespace ffwd
