#include "train/side_by_side.h"

#include <gtest/gtest.h>

#include <atomic>
#include <stdexcept>
#include <utility>
#include <vector>

#include "network/compile.h"

namespace ffwd {
namespace {

TEST(SideBySide, RunsEachOnceWithTheThreadsThereAreForIt) {
  const TrainHooks hooks;
  for (const std::size_t n : {1U, 2U, 5U}) {
    for (const unsigned threads : {1U, 2U, 8U}) {
      for (const bool shares_steps : {false, true}) {
        std::vector<std::atomic<int>> runs(n);
        std::atomic<unsigned> at_once{0}, most{0};
        const auto end =
            train_side_by_side({.n = n, .threads = threads, .shares_steps = shares_steps, .hooks = hooks},
                               [&](std::size_t k, const Lane& lane) {
                                 ++runs[k];
                                 const unsigned now = ++at_once * lane.threads;
                                 if (now > most) most = now;
                                 --at_once;
                                 EXPECT_EQ(lane.time_limit, 0);
                                 EXPECT_EQ(lane.threads, n == 1 || (shares_steps && n < threads) ? threads : 1);
                                 return Ending{};
                               });
        for (const auto& count : runs) EXPECT_EQ(count, 1);
        EXPECT_LE(most, threads);
        EXPECT_EQ(end.begun, n);
        EXPECT_FALSE(end.ending.interrupted || end.ending.timed_out);
      }
    }
  }
}

TEST(SideBySide, LargeStepsUseSeveralThreads) {
  const TrainHooks hooks;
  const TrainOptions options{.batch_size = 64, .time_limit = 7, .threads = 3};
  const auto made = [&](std::vector<std::size_t> hidden, std::size_t rows, const TrainOptions& of) {
    return side_by_side(2, dense_network(100, std::move(hidden), {"relu"}, 1), rows, of, hooks);
  };
  EXPECT_FALSE(made({64}, 10'000, options).shares_steps);
  EXPECT_TRUE(made({1024, 1024}, 10'000, options).shares_steps) << "wide layers";
  EXPECT_FALSE(made({1024, 1024}, 4, options).shares_steps) << "batches of all four rows";
  EXPECT_TRUE(made({64}, 10'000, {.batch_size = 1000}).shares_steps) << "shards of a batch";
  const SideBySide all = made({64}, 100, options);
  EXPECT_EQ(all.n, 2u);
  EXPECT_EQ(all.threads, 3u);
  EXPECT_EQ(all.time_limit, 7);
  const TrainOptions own = in_lane(options, {.hooks = hooks, .threads = 1, .time_limit = 2});
  EXPECT_EQ(own.threads, 1u);
  EXPECT_EQ(own.time_limit, 2);
  EXPECT_EQ(own.batch_size, 64u);
}

TEST(SideBySide, DealsOutTheTimeThatIsLeftWaveByWave) {
  double now = 100;
  TrainHooks hooks;
  hooks.clock = [&] { return now; };
  std::vector<double> shares;
  const auto end = train_side_by_side({.n = 4, .threads = 1, .time_limit = 12, .hooks = hooks},
                                      [&](std::size_t k, const Lane& lane) {
                                        shares.push_back(lane.time_limit);
                                        now += k == 1 ? 9 : 3;
                                        return Ending{.timed_out = true};
                                      });
  EXPECT_EQ(shares, (std::vector<double>{3, 3}));
  EXPECT_EQ(end.begun, 2u) << "the second took all that was left";
  EXPECT_TRUE(end.ending.timed_out);

  hooks.clock = [] { return 5.0; };
  std::vector<double> of(5);
  static_cast<void>(train_side_by_side({.n = 5, .threads = 2, .time_limit = 12, .hooks = hooks},
                                       [&](std::size_t k, const Lane& lane) {
                                         of[k] = lane.time_limit;
                                         return Ending{};
                                       }));
  EXPECT_EQ(of, (std::vector<double>{4, 4, 6, 6, 12})) << "three waves";
}

TEST(SideBySide, BeginsTheFirstEvenWithoutTime) {
  double now = 0;
  TrainHooks hooks;
  hooks.clock = [&] { return now += 1; };
  std::size_t runs = 0;
  const auto end = train_side_by_side({.n = 3, .threads = 1, .time_limit = 1e-9, .hooks = hooks},
                                      [&](std::size_t, const Lane& lane) {
                                        ++runs;
                                        EXPECT_GT(lane.time_limit, 0);
                                        return Ending{};
                                      });
  EXPECT_EQ(runs, 1u);
  EXPECT_TRUE(end.ending.timed_out);
}

TEST(SideBySide, BeginsNoMoreOnceOneIsInterrupted) {
  const TrainHooks hooks;
  std::size_t runs = 0;
  const auto end = train_side_by_side({.n = 9, .threads = 1, .hooks = hooks}, [&](std::size_t k, const Lane&) {
    ++runs;
    return Ending{.interrupted = k == 2};
  });
  EXPECT_EQ(runs, 3u);
  EXPECT_TRUE(end.ending.interrupted);
}

TEST(SideBySide, RemembersThatItWasStopped) {
  std::atomic<int> asked{0};
  TrainHooks hooks;
  hooks.stop = [&] { return ++asked == 3; };  // a signal that is told once
  const auto end = train_side_by_side({.n = 2, .threads = 2, .hooks = hooks}, [&](std::size_t, const Lane& lane) {
    while (!lane.hooks.stop()) {
    }
    return Ending{.interrupted = true};
  });
  EXPECT_TRUE(end.ending.interrupted);
  EXPECT_EQ(asked, 3);
}

TEST(SideBySide, AnErrorStopsThoseAfterItAndNotThoseBefore) {
  for (const std::size_t failing : {0U, 1U, 3U}) {
    TrainHooks hooks;
    hooks.on_step = [](std::size_t, std::size_t) {};
    std::vector<std::atomic<bool>> finished(8);
    std::atomic<bool> failed{false};
    try {
      static_cast<void>(
          train_side_by_side({.n = 8, .threads = 4, .hooks = hooks}, [&](std::size_t k, const Lane& lane) {
            if (k == failing) {
              failed = true;
              throw std::runtime_error("hook");
            }
            while (k > failing && !lane.hooks.stop()) {  // an endless training, were it not told to stop
            }
            EXPECT_EQ(k > failing, lane.hooks.stop());
            finished[k] = true;
            return Ending{.interrupted = k > failing};
          }));
      FAIL();
    } catch (const std::runtime_error& error) {
      EXPECT_STREQ(error.what(), "hook");
    }
    for (std::size_t k = 0; k < failing; ++k) EXPECT_TRUE(finished[k]) << k;
    EXPECT_TRUE(failed);
  }
}

TEST(SideBySide, RaisesTheErrorOfTheFirst) {
  const TrainHooks hooks;
  try {
    static_cast<void>(train_side_by_side({.n = 4, .threads = 4, .hooks = hooks}, [&](std::size_t k, const Lane&) {
      throw std::runtime_error(std::to_string(k));
      return Ending{};
    }));
    FAIL();
  } catch (const std::runtime_error& error) {
    EXPECT_STREQ(error.what(), "0");
  }
}

}  // namespace
}  // namespace ffwd
