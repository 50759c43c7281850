#include "train/side_by_side.h"

#include <algorithm>
#include <atomic>
#include <limits>
#include <mutex>
#include <set>

#include "core/thread_pool.h"
#include "plan/plan.h"
#include "train/learner.h"
#include "train/train_options.h"

namespace ffwd {
namespace {

/// Lets the hooks of one caller be called by several trainings, one call at a time. Within an epoch nobody waits: who
/// finds another one asking goes on, and asks again after the next step. When one training fails, those with higher
/// numbers stop; those with lower ones go on, so that the error raised in the end is always the same.
class Gate {
 public:
  explicit Gate(const TrainHooks& hooks) : hooks_(hooks) {}

  /// The hooks as training `k` may call them.
  [[nodiscard]] TrainHooks of(std::size_t k) {
    TrainHooks mine{.clock = hooks_.clock, .on_epoch = {}, .on_step = {}, .stop = {}};
    if (hooks_.on_epoch) mine.on_epoch = [this](const EpochRecord& record) { report(record); };
    if (hooks_.on_step) {
      mine.on_step = [this, k](std::size_t step, std::size_t steps) { report_step(k, step, steps); };
    }
    mine.stop = [this, k] { return k > failed_.load(std::memory_order_relaxed) || is_stopped(); };
    return mine;
  }

  [[nodiscard]] bool may_begin(std::size_t k) const { return k < failed_; }
  void begin(std::size_t k) {
    const std::lock_guard one_at_a_time(mutex_);
    running_.insert(k);
    first_ = *running_.begin();
  }
  void end(std::size_t k, bool failed) {
    const std::lock_guard one_at_a_time(mutex_);
    running_.erase(k);
    if (!running_.empty()) first_ = *running_.begin();
    if (failed) failed_ = std::min(failed_.load(), k);
  }

 private:
  void report(const EpochRecord& record) {
    const std::lock_guard one_at_a_time(mutex_);
    hooks_.on_epoch(record);
  }
  // Steps of several trainings in turn would tell nothing: those of the first that runs are told.
  void report_step(std::size_t k, std::size_t step, std::size_t steps) {
    if (k != first_.load(std::memory_order_relaxed)) return;
    const std::unique_lock one_at_a_time(mutex_, std::try_to_lock);
    if (one_at_a_time) hooks_.on_step(step, steps);
  }
  bool is_stopped() {
    if (stopped_.load(std::memory_order_relaxed)) return true;
    if (!hooks_.stop) return false;
    const std::unique_lock one_at_a_time(mutex_, std::try_to_lock);
    if (one_at_a_time && hooks_.stop()) stopped_ = true;
    return stopped_.load(std::memory_order_relaxed);
  }

  const TrainHooks& hooks_;
  std::mutex mutex_;
  std::set<std::size_t> running_;
  std::atomic<std::size_t> first_{0};
  std::atomic<bool> stopped_{false};
  std::atomic<std::size_t> failed_{std::numeric_limits<std::size_t>::max()};  // the lowest number of one that has
};

/// One training between begin and end, which comes even by way of an exception.
class Passage {
 public:
  Passage(Gate& gate, std::size_t k) : gate_(gate), k_(k) { gate_.begin(k_); }
  ~Passage() { gate_.end(k_, !finished_); }
  Passage(const Passage&) = delete;
  Passage& operator=(const Passage&) = delete;
  void finish() { finished_ = true; }

 private:
  Gate& gate_;
  std::size_t k_;
  bool finished_ = false;
};

/// The time of all trainings, dealt out wave by wave.
class TimeShares {
 public:
  TimeShares(const SideBySide& all, unsigned at_once)
      : clock_(all.hooks, all.time_limit), limit_(all.time_limit), n_(all.n), at_once_(at_once) {}

  /// Seconds for training `k`, 0 without a limit.
  [[nodiscard]] double of(std::size_t k) const {
    if (limit_ <= 0) return 0;
    const std::size_t waves = (n_ + at_once_ - 1) / at_once_, left = waves - k / at_once_;
    // The first epoch is finished even if time was up before it began.
    return std::max(seconds_left(), 1e-9 * limit_) / static_cast<double>(left);
  }
  [[nodiscard]] bool are_over() const { return limit_ > 0 && seconds_left() <= 0; }

 private:
  [[nodiscard]] double seconds_left() const { return limit_ * (1 - clock_.share()); }

  RunClock clock_;
  double limit_;
  std::size_t n_;
  unsigned at_once_;
};

}  // namespace

SideBySide side_by_side(std::size_t n, const NetworkSpec& network, std::size_t rows, const TrainOptions& options,
                        const TrainHooks& hooks) {
  // Shards of a batch are shared out among threads, and so are products of wide layers (plan/product_parts.h).
  constexpr std::size_t kLeastWork = std::size_t{1} << 24;  // multiply-adds of a step
  const std::size_t batch = std::min(settled(options, std::max<std::size_t>(rows, 1)).batch_size, rows);
  return {.n = n,
          .threads = thread_count(options.threads),
          .shares_steps = batch > kShardRows || batch * network.n_parameters() >= kLeastWork,
          .time_limit = options.time_limit,
          .hooks = hooks};
}

TrainOptions in_lane(TrainOptions options, const Lane& lane) {
  options.threads = lane.threads;
  options.time_limit = lane.time_limit;
  return options;
}

SideBySideEnd train_side_by_side(const SideBySide& all,
                                 const std::function<Ending(std::size_t k, const Lane& lane)>& train_one) {
  const bool in_turn = all.n == 1 || (all.shares_steps && all.n < all.threads);
  const unsigned at_once = in_turn ? 1 : static_cast<unsigned>(std::min<std::size_t>(std::max(all.threads, 1U), all.n));
  const unsigned each = in_turn ? std::max(all.threads, 1U) : 1;
  const TimeShares shares(all, at_once);
  Gate gate(all.hooks);
  std::atomic<std::size_t> begun{0};
  std::atomic<bool> interrupted{false}, timed_out{false};
  const auto run = [&](std::size_t k) {
    if (interrupted || !gate.may_begin(k)) return;
    if (k > 0 && shares.are_over()) {
      timed_out = true;
      return;
    }
    ++begun;
    const TrainHooks hooks = at_once > 1 ? gate.of(k) : all.hooks;
    Passage passage(gate, k);
    const Ending ending = train_one(k, {.hooks = hooks, .threads = each, .time_limit = shares.of(k)});
    passage.finish();
    if (ending.interrupted) interrupted = true;
    if (ending.timed_out) timed_out = true;
  };
  if (at_once == 1) {  // on the caller's thread, which leaves the pool to each of them
    for (std::size_t k = 0; k < all.n; ++k) run(k);
  } else {
    parallel_for(at_once, all.n, [&](std::size_t k, unsigned) { run(k); });
  }
  return {.begun = begun, .ending = {.interrupted = interrupted, .timed_out = timed_out}};
}

}  // namespace ffwd
