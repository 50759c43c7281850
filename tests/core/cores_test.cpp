#include <gtest/gtest.h>
#include <sched.h>

#include "core/thread_pool.h"

namespace ffwd {
namespace {

TEST(Cores, AreAtLeastOneAndHonourTheAffinityMask) {
  cpu_set_t before;
  CPU_ZERO(&before);
  ASSERT_EQ(sched_getaffinity(0, sizeof before, &before), 0);
  EXPECT_GE(available_cores(), 1u);
  EXPECT_LE(available_cores(), static_cast<unsigned>(CPU_COUNT(&before)));
  cpu_set_t one;
  CPU_ZERO(&one);
  for (std::size_t cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (!CPU_ISSET(cpu, &before)) continue;
    CPU_SET(cpu, &one);
    break;
  }
  ASSERT_EQ(sched_setaffinity(0, sizeof one, &one), 0);
  EXPECT_EQ(available_cores(), 1u);
  sched_setaffinity(0, sizeof before, &before);
}

TEST(Cores, AWantedNumberIsKeptUpToTheLimit) {
  EXPECT_EQ(thread_count(3), 3u);
  EXPECT_EQ(thread_count(100000), kMaxThreads);
  EXPECT_EQ(thread_count(0), available_cores());
}

}  // namespace
}  // namespace ffwd
