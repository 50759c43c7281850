#include "table/arrow_plugin/arrow_plugin.h"

#include <gtest/gtest.h>

#include "table/arrow_library.h"
#include "table/made_arrow.h"
#include "table/reading.h"

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

/// The columns a and b of two rows as a Parquet file.
std::string two_columns(const TestFolder& folder) {
  MadeArray a("l", 2, {std::nullopt, raw<std::int64_t>({1, 2})}), b("g", 2, {std::nullopt, raw<double>({0.5, 1.5})});
  MadeStream made{{&a.named("a"), &b.named("b")}};
  FfwdArrowFault fault{};
  FfwdArrowBytes bytes{};
  EXPECT_EQ(plugin().write(kFfwdParquet, &made.stream, &bytes, &fault), 0) << fault.text;
  std::string path = folder.write("t.parquet", {static_cast<const char*>(bytes.data), bytes.size});
  bytes.release(bytes.owner);
  return path;
}

TEST(ArrowPlugin, AParquetFileIsReadColumnByColumn) {
  const TestFolder folder;
  FfwdArrowFault fault{};
  FfwdParquetFile file{};
  ASSERT_EQ(plugin().open_parquet(two_columns(folder).c_str(), &file, &fault), 0) << fault.text;
  EXPECT_EQ(file.n_columns, 2u);
  ASSERT_EQ(file.n_groups, 1u);
  EXPECT_EQ(file.rows_of_groups[0], 2);
  ArrowOwner<ArrowArrayStream> stream;
  const std::size_t b = 1, none = 2;
  ASSERT_EQ(plugin().read_parquet(&file, &b, 1, 0, 1, stream.get(), &fault), 0) << fault.text;
  EXPECT_NE(plugin().read_parquet(&file, &none, 1, 0, 1, stream.get(), &fault), 0);
  EXPECT_STREQ(fault.text, "no such column");
  EXPECT_NE(plugin().read_parquet(&file, &b, 1, 0, 2, stream.get(), &fault), 0);
  file.release(file.owner);
  ArrowOwner<ArrowSchema> schema;
  ASSERT_EQ(stream->get_schema(stream.get(), schema.get()), 0);
  ASSERT_EQ(schema->n_children, 1);
  EXPECT_STREQ(schema->children[0]->name, "b");
  ArrowOwner<ArrowArray> batch;
  ASSERT_EQ(stream->get_next(stream.get(), batch.get()), 0);
  EXPECT_EQ(batch->length, 2);
}

TEST(ArrowPlugin, AFileThatIsNoParquetIsAFault) {
  const TestFolder folder;
  FfwdArrowFault fault{};
  FfwdParquetFile file{};
  EXPECT_NE(plugin().open_parquet(folder.write("t", "nonsense").c_str(), &file, &fault), 0);
  EXPECT_NE(fault.text[0], '\0');
  EXPECT_NE(plugin().open_parquet((folder.path() + "/none").c_str(), &file, &fault), 0);
}

#endif

}  // namespace
}  // namespace ffwd
