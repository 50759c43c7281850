// The one table of what schedules may be told. Users write the names with "schedule_" before them.
#pragma once

#include <span>

#include "ffwd/train.h"
#include "optim/option.h"

namespace ffwd {

using ScheduleOption = OptionRow<ScheduleOptions>;
using UsedBySchedule = UsedOption<ScheduleOptions>;

namespace schedule_option {

inline constexpr ScheduleOption kFactor{.name = "schedule_factor",
                                        .summary = "what the rate is multiplied by at each fall",
                                        .number = &ScheduleOptions::factor,
                                        .above = true,
                                        .below = 1};
inline constexpr ScheduleOption kEvery{.name = "schedule_every",
                                       .summary = "epochs between two falls",
                                       .number = &ScheduleOptions::every,
                                       .least = 1,
                                       .whole = true};
inline constexpr ScheduleOption kPatience{.name = "schedule_patience",
                                          .summary = "epochs without a loss at least 0.01 % lower that it forgives",
                                          .number = &ScheduleOptions::patience,
                                          .whole = true};
inline constexpr ScheduleOption kRise{.name = "schedule_rise",
                                      .summary = "share of the steps over which the rate rises",
                                      .number = &ScheduleOptions::rise,
                                      .above = true,
                                      .below = 1};
inline constexpr ScheduleOption kStart{.name = "schedule_start",
                                       .summary = "share of the rate that it starts with",
                                       .number = &ScheduleOptions::start,
                                       .above = true,
                                       .below = 1};
inline constexpr ScheduleOption kFinal{.name = "schedule_final",
                                       .summary = "share of the rate that is left at the end",
                                       .number = &ScheduleOptions::final,
                                       .below = 1};
inline constexpr ScheduleOption kPerUpdate{
    .name = "schedule_per_update", .summary = "counts updates, not epochs", .flag = &ScheduleOptions::per_update};

}  // namespace schedule_option

/// All of them, in the order in which help and docs list them.
[[nodiscard]] std::span<const ScheduleOption* const> schedule_options();

}  // namespace ffwd
