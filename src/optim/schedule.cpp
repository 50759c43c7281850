#include "optim/schedule.h"

namespace ffwd {

std::unique_ptr<Schedule> make_schedule(const ScheduleRow& row, const ScheduleOptions& options) {
  return row.make(with_defaults(row, options));
}

}  // namespace ffwd
