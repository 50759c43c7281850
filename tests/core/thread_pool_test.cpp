#include "core/thread_pool.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace ffwd {
namespace {

TEST(ThreadPool, RunsEveryTaskOnce) {
  for (unsigned threads : {1u, 2u, 3u, 8u}) {
    for (std::size_t n : {0u, 1u, 2u, 7u, 1000u}) {
      std::vector<std::atomic<int>> runs(n);
      parallel_for(threads, n, [&](std::size_t task, unsigned worker) {
        EXPECT_LT(worker, threads);
        ++runs[task];
      });
      for (auto& count : runs) EXPECT_EQ(count, 1);
    }
  }
}

TEST(ThreadPool, NeverRunsTwoTasksWithOneWorkerNumberAtATime) {
  std::vector<std::atomic<int>> busy(4);
  parallel_for(4, 2000, [&](std::size_t, unsigned worker) {
    EXPECT_EQ(busy[worker].fetch_add(1), 0);
    --busy[worker];
  });
}

TEST(ThreadPool, RaisesTheErrorOfTheLowestTask) {
  for (int attempt = 0; attempt < 20; ++attempt) {
    try {
      parallel_for(4, 100, [&](std::size_t task, unsigned) {
        if (task >= 10) throw std::runtime_error(std::to_string(task));
      });
      FAIL();
    } catch (const std::runtime_error& error) {
      EXPECT_STREQ(error.what(), "10");
    }
  }
}

TEST(ThreadPool, RunsNestedCallsOnTheCallingThread) {
  std::atomic<int> inner{0};
  parallel_for(3, 6, [&](std::size_t, unsigned) {
    parallel_for(3, 5, [&](std::size_t, unsigned worker) {
      EXPECT_EQ(worker, 0u);
      ++inner;
    });
  });
  EXPECT_EQ(inner, 30);
}

TEST(ThreadPool, AnotherCallersWorkIsNotWaitedFor) {
  std::atomic<bool> inside{false}, leave{false};
  std::thread first([&] {
    parallel_for(2, 2, [&](std::size_t, unsigned) {
      inside = true;
      while (!leave) std::this_thread::yield();
    });
  });
  while (!inside) std::this_thread::yield();
  std::atomic<int> runs{0};
  parallel_for(2, 10, [&](std::size_t, unsigned worker) {
    EXPECT_EQ(worker, 0u);
    ++runs;
  });
  EXPECT_EQ(runs, 10);
  leave = true;
  first.join();
}

TEST(ThreadPool, WorksInAForkedChild) {
#if defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "the thread sanitizer cannot follow threads started in a forked child";
#endif
  parallel_for(2, 10, [](std::size_t, unsigned) {});
  const pid_t child = fork();
  if (child == 0) {
    std::atomic<int> runs{0};
    parallel_for(2, 10, [&](std::size_t, unsigned) { ++runs; });
    _exit(runs == 10 ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace ffwd
