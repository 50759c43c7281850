#include "train/rate_groups.h"

#include <algorithm>

#include "core/names.h"
#include "core/raise.h"
#include "optim/penalty.h"

namespace ffwd {
namespace {

[[noreturn]] void refuse_unmatched(const RateFor& rate, const ParameterLayout& layout) {
  std::vector<std::string> names;
  for (const ParameterRange& range : layout.ranges()) {
    if (range.learned()) names.push_back(range.name);
  }
  raise({.kind = ErrorKind::kUsage,
         .what = "no tensor of the network is called '" + shorten(rate.pattern) + "'",
         .where = "--rate-for",
         .fix = "there are " + join_names(names, "and") + "; * stands for any text"});
}

double factor_of(std::string_view name, const std::vector<RateFor>& rates) {
  double factor = 1;
  for (const RateFor& rate : rates) {
    if (matches(rate.pattern, name)) factor = rate.factor;
  }
  return factor;
}

}  // namespace

// A star takes as little as lets the text up to the next star follow: nothing is tried twice.
bool matches(std::string_view pattern, std::string_view name) {
  std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == name;
  if (!name.starts_with(pattern.substr(0, star))) return false;
  name.remove_prefix(star);
  for (;;) {
    pattern.remove_prefix(star + 1);
    star = pattern.find('*');
    if (star == std::string_view::npos) return name.ends_with(pattern);
    const std::size_t at = name.find(pattern.substr(0, star));
    if (at == std::string_view::npos) return false;
    name.remove_prefix(at + star);
  }
}

std::vector<Segment> rate_segments(const ParameterLayout& layout, const TrainOptions& options) {
  for (const RateFor& rate : options.rate_for) {
    const bool found = std::ranges::any_of(layout.ranges(), [&](const ParameterRange& range) {
      return range.learned() && matches(rate.pattern, range.name);
    });
    if (!found) refuse_unmatched(rate, layout);
  }
  const double l1 = options.l1_by == "proximal" ? options.l1 : 0;
  std::vector<Segment> segments;
  for (const ParameterRange& range : layout.ranges()) {
    const Segment next{.begin = range.offset,
                       .n = range.stored(),
                       .rate_factor = range.learned() ? factor_of(range.name, options.rate_for) : 0,
                       .l1 = is_penalised(range, /*biases=*/false) ? l1 : 0};
    if (!segments.empty() && segments.back().rate_factor == next.rate_factor && segments.back().l1 == next.l1) {
      segments.back().n += next.n;
    } else {
      segments.push_back(next);
    }
  }
  return segments;
}

}  // namespace ffwd
