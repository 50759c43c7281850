#include "table/arrow_plugin/arrow_plugin.h"

#include <gtest/gtest.h>

#include "table/arrow_library.h"
#include "table/made_arrow.h"

namespace ffwd {
namespace {

#ifdef FFWD_HAS_ARROW

const FfwdArrowPlugin& plugin() { return arrow_plugin("t", ErrorKind::kData); }

TEST(ArrowPlugin, WhatItWritesItReads) {
  for (const int format : {kFfwdParquet, kFfwdArrowFile, kFfwdArrowStream}) {
    MadeArray a("l", 2, {std::nullopt, raw<std::int64_t>({1, 2})});
    MadeStream made{{&a.named("a")}};
    FfwdArrowFault fault{};
    FfwdArrowBytes bytes{};
    ASSERT_EQ(plugin().write(format, &made.stream, &bytes, &fault), 0) << fault.text;
    ArrowOwner<ArrowArrayStream> stream;
    ASSERT_EQ(plugin().open(format, bytes.data, bytes.size, stream.get(), &fault), 0) << fault.text;
    ArrowOwner<ArrowArray> batch;
    ASSERT_EQ(stream->get_next(stream.get(), batch.get()), 0);
    EXPECT_EQ(batch->length, 2);
    batch.reset();
    stream.reset();
    bytes.release(bytes.owner);
  }
}

TEST(ArrowPlugin, FaultsComeInWords) {
  FfwdArrowFault fault{};
  ArrowOwner<ArrowArrayStream> stream;
  EXPECT_NE(plugin().open(kFfwdParquet, "nonsense", 8, stream.get(), &fault), 0);
  EXPECT_NE(fault.text[0], '\0');
  EXPECT_FALSE(stream.holds());
  EXPECT_NE(plugin().open(99, "nonsense", 8, stream.get(), &fault), 0);
  EXPECT_STREQ(fault.text, "unknown format");
}

TEST(ArrowPlugin, AStreamThatFailsIsAFaultOfWriting) {
  MadeArray a("l", 1, {std::nullopt, raw<std::int64_t>({1})});
  MadeStream made{{&a.named("a")}};
  made.fails_at = 0;
  FfwdArrowFault fault{};
  FfwdArrowBytes bytes{};
  EXPECT_NE(plugin().write(kFfwdParquet, &made.stream, &bytes, &fault), 0);
  EXPECT_NE(std::string(fault.text).find("the disk is on fire"), std::string::npos) << fault.text;
  EXPECT_EQ(made.stream.release, nullptr);
}

#endif

}  // namespace
}  // namespace ffwd
