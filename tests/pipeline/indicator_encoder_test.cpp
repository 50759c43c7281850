#include "made_table.h"

namespace ffwd {
namespace {

Table gaps() {
  Table table;
  add_typed(table, "d", ColumnType::kDate, {"2024-02-29", kNone, "2024-02-29"});
  return table;
}

TEST(IndicatorEncoder, IsOneWhereTheCellIsMissing) {
  const Pipeline pipeline = fitted(gaps());
  EXPECT_EQ(pipeline.feature_names(), std::vector<std::string>{"d: missing"});
  EXPECT_EQ(column_of(features(pipeline, gaps()), 0), (std::vector<double>{0, 1, 0}));
}

TEST(IndicatorEncoder, ReadsColumnsOfAnyType) {
  const Pipeline pipeline = fitted(gaps());
  Table table;
  table.add_text("d", {kNone, "whatever"});
  EXPECT_EQ(column_of(features(pipeline, table), 0), (std::vector<double>{1, 0}));
}

TEST(IndicatorEncoder, IsWrittenWithItsTypeAlone) {
  NamedArrays arrays;
  const Json json = fitted(gaps()).to_json(arrays);
  EXPECT_EQ(dump_json(json), R"({"d":{"encoder":"indicator","type":"date"}})");
  EXPECT_EQ(column_of(features(Pipeline::from_json(json, {}, "m.ffwd"), gaps()), 0), (std::vector<double>{0, 1, 0}));
}

}  // namespace
}  // namespace ffwd
