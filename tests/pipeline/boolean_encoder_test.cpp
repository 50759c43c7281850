#include <cmath>

#include "made_table.h"

namespace ffwd {
namespace {

Table booleans(const Cells& cells) {
  Table table;
  add_typed(table, "b", ColumnType::kBoolean, cells);
  return table;
}

TEST(BooleanEncoder, StandardisesZeroAndOne) {
  const Table table = booleans({"true", "FALSE", "true", "True"});  // mean 3/4, sd sqrt(3)/4
  const Pipeline pipeline = fitted(table);
  EXPECT_EQ(pipeline.feature_names(), std::vector<std::string>{"b"});
  const Matrix out = features(pipeline, table);
  EXPECT_DOUBLE_EQ(out(0, 0), 1 / std::sqrt(3.0));
  EXPECT_DOUBLE_EQ(out(1, 0), -std::sqrt(3.0));
  EXPECT_EQ(out(0, 0), out(3, 0));
}

TEST(BooleanEncoder, MarksMissingCells) {
  const Table table = booleans({"true", kNone, "false", "true"});
  const Matrix out = features(fitted(table), table);
  EXPECT_EQ(out(1, 0), out(0, 0));  // the median is true
  EXPECT_EQ(column_of(out, 1), (std::vector<double>{0, 1, 0, 0}));
}

TEST(BooleanEncoder, ReadsZeroAndOneAndRefusesOtherNumbers) {
  const Pipeline pipeline = fitted(booleans({"true", "false"}));
  Table table;
  table.add_integers("b", {1, 0, 2});
  UnseenByColumn unseen;
  EXPECT_EQ(column_of(features(pipeline, table, first_rows(2), unseen), 0), (std::vector<double>{1, -1}));
  const Fault fault = fault_of([&] { features(pipeline, table); });
  EXPECT_EQ(fault.what, "column 'b': '2' is not true or false");
  EXPECT_EQ(fault.where, "table: row 3");
}

TEST(BooleanEncoder, RefusesText) {
  const Pipeline pipeline = fitted(booleans({"true", "false"}));
  Table table;
  table.add_text("b", {"true", "no"});
  EXPECT_EQ(fault_of([&] { pipeline.check(table); }).what, "column 'b': 'no' is not true or false");
}

TEST(BooleanEncoder, LeavesAConstantColumnOut) {
  Table table = booleans({"true", "TRUE"});
  table.add_numbers("x", {1, 2});
  EXPECT_EQ(warnings_of_fitting(table), std::vector<std::string>{"column 'b' is left out: it is constant (true)"});
}

TEST(BooleanEncoder, WritesItsTypeAndNumbers) {
  NamedArrays arrays;
  EXPECT_EQ(dump_json(fitted(booleans({"true", "false"})).to_json(arrays)),
            R"({"b":{"encoder":"boolean","type":"boolean","mean":0.5,"sd":0.5,"median":0.5,"missing":false}})");
}

}  // namespace
}  // namespace ffwd
