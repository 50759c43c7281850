#include "cli/signals.h"

#include <gtest/gtest.h>
#include <signal.h>

namespace ffwd {
namespace {

TEST(StopSignals, ASignalEndsTheProgramAtOnce) {
  const StopSignals stop;
  EXPECT_FALSE(stop.requested());
  EXPECT_EQ(stop.exit_code(), 0);
  EXPECT_EXIT(::raise(SIGINT), testing::ExitedWithCode(130), "");
  EXPECT_EXIT(::raise(SIGTERM), testing::ExitedWithCode(143), "");
}

TEST(StopSignals, SoftWorkIsToldAndASecondSignalEndsIt) {
  const StopSignals stop;
  {
    const StopSignals::Soft soft;
    ::raise(SIGTERM);
    EXPECT_TRUE(stop.requested());
    EXPECT_EQ(stop.exit_code(), 143);
    EXPECT_EXIT(::raise(SIGINT), testing::ExitedWithCode(130), "");
  }
  EXPECT_EXIT(::raise(SIGINT), testing::ExitedWithCode(130), "");
}

TEST(StopSignals, HeldWorkIsCutByTheThirdSignalOnly) {
  const StopSignals stop;
  const StopSignals::Soft soft;
  {
    const StopSignals::Held held;
    ::raise(SIGINT);
    ::raise(SIGINT);
    EXPECT_EQ(stop.exit_code(), 130);
    EXPECT_EXIT(::raise(SIGINT), testing::ExitedWithCode(130), "");
  }
  EXPECT_EXIT(::raise(SIGINT), testing::ExitedWithCode(130), "");
}

TEST(StopSignals, WhatWasIgnoredStaysIgnored) {
  ::signal(SIGINT, SIG_IGN);
  {
    const StopSignals stop;
    ::raise(SIGINT);
    EXPECT_FALSE(stop.requested());
  }
  ::signal(SIGINT, SIG_DFL);
}

TEST(StopSignals, TheEarlierHandlingComesBack) {
  {
    const StopSignals stop;
  }
  EXPECT_EXIT(::raise(SIGTERM), testing::KilledBySignal(SIGTERM), "");
}

}  // namespace
}  // namespace ffwd
