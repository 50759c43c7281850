#include "table/arrow_writer.h"

#include <gtest/gtest.h>

#include <cmath>

#include "ffwd/error.h"
#include "table/arrow_reader.h"

namespace ffwd {
namespace {

Table csv(const std::string& text) { return read_csv(text, "t.csv"); }

Table there_and_back(const Table& table) {
  ArrowOwner<ArrowArrayStream> stream;
  write_arrow(table, *stream);
  return read_arrow(*stream, "back");
}

void expect_equal(const Table& a, const Table& b) {
  ASSERT_EQ(a.names(), b.names());
  ASSERT_EQ(a.n_rows(), b.n_rows());
  for (std::size_t k = 0; k < a.n_columns(); ++k) {
    const Column &x = a.column(k), &y = b.column(k);
    EXPECT_EQ(x.type, y.type) << x.name;
    for (std::size_t row = 0; row < a.n_rows(); ++row) {
      EXPECT_EQ(x.is_missing(row), y.is_missing(row)) << x.name << row;
      EXPECT_EQ(x.cell(row), y.cell(row)) << x.name << row;
    }
  }
}

TEST(ArrowWriter, EveryTypeComesBack) {
  const Table table =
      csv("i,n,t,b,d,s,m\n"
          "1,0.5,a,true,2024-02-29,2024-02-29 10:00:00.25,\n"
          ",,,,,,\n"
          "-9223372036854775808,-0.0,\"b, \",false,0001-01-01,9999-12-31 23:59:59,\n");
  const Table back = there_and_back(table);
  expect_equal(table, back);
  EXPECT_TRUE(std::signbit(back.column(1).numbers[2]));
}

TEST(ArrowWriter, ATableMayBeEmpty) {
  expect_equal(csv("a,b\n"), there_and_back(csv("a,b\n")));
  Table text;
  text.add_text("a", {});
  text.add_integers("b", {});
  EXPECT_EQ(there_and_back(text).n_rows(), 0u);
  EXPECT_EQ(there_and_back(Table::with_rows(3)).n_rows(), 3u);
}

TEST(ArrowWriter, ChildrenMayBeMovedOutOfTheirParents) {
  ArrowOwner<ArrowArrayStream> stream;
  write_arrow(csv("a,b\n1,x\n2,y\n"), *stream);
  ArrowOwner<ArrowArray> batch, column;
  ArrowOwner<ArrowSchema> schema, field;
  ASSERT_EQ(stream->get_schema(stream.get(), schema.get()), 0);
  ASSERT_EQ(stream->get_next(stream.get(), batch.get()), 0);
  stream.reset();
  *column = *batch->children[0];
  batch->children[0]->release = nullptr;
  *field = *schema->children[0];
  schema->children[0]->release = nullptr;
  batch.reset();
  schema.reset();
  EXPECT_STREQ(field->name, "a");
  EXPECT_EQ(static_cast<const std::int64_t*>(column->buffers[1])[1], 2);
}

TEST(ArrowWriter, TheStreamEndsAfterItsBatch) {
  ArrowOwner<ArrowArrayStream> stream;
  write_arrow(csv("a\n1\n"), *stream);
  ArrowOwner<ArrowArray> batch, end;
  ASSERT_EQ(stream->get_next(stream.get(), batch.get()), 0);
  ASSERT_EQ(stream->get_next(stream.get(), end.get()), 0);
  EXPECT_TRUE(batch.holds());
  EXPECT_FALSE(end.holds());
}

}  // namespace
}  // namespace ffwd
