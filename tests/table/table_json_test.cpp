#include "table/table_json.h"

#include <gtest/gtest.h>

#include <cmath>

namespace ffwd {
namespace {

TEST(TableJson, SaysWhatWasRead) {
  const Table table = read_csv("a;t;m;x;b;d\n1;p;;1.5;true;2024-01-01\n\n3;p;NA;inf;;2024-01-02\n", "t.csv");
  EXPECT_EQ(dump_json(table_json(table, false)),
            R"({"rows":2,"delimiter":";","warnings":["1 blank line left out"],"columns":[)"
            R"({"name":"a","type":"integer","missing":0,"min":1,"max":3,"mean":2.0},)"
            R"({"name":"t","type":"text","missing":0,"distinct":1},)"
            R"({"name":"m","type":"missing","missing":2},)"
            R"({"name":"x","type":"number","missing":0,"min":1.5,"max":"inf","mean":null},)"
            R"({"name":"b","type":"boolean","missing":1},)"
            R"({"name":"d","type":"date","missing":0}]})");
}

TEST(TableJson, GivesTheValuesWhereAsked) {
  const Table table = read_csv("a,t,m,x,b,d\n1,p,,1.5,TRUE,2024-01-01\n,q,NA,-inf,,\n", "t.csv");
  const Json json = table_json(table, true);
  const auto values = [&](std::size_t k) { return dump_json(json["columns"][k]["values"]); };
  EXPECT_EQ(values(0), "[1,null]");
  EXPECT_EQ(values(1), R"(["p","q"])");
  EXPECT_EQ(values(2), "[null,null]");
  EXPECT_EQ(values(3), R"([1.5,"-inf"])");
  EXPECT_EQ(values(4), "[true,null]");
  EXPECT_EQ(values(5), R"(["2024-01-01",null])");
}

TEST(TableJson, TellsExtremesOfIntegersExactlyAndOfNothingNull) {
  Table table;
  table.add_integers("n", {INT64_MAX, INT64_MAX - 1});
  EXPECT_EQ(dump_json(table_json(table, false)["columns"][0]["min"]), "9223372036854775806");
  Table empty;
  empty.add_numbers("x", {NAN});
  const Json json = table_json(empty, false);
  EXPECT_TRUE(json["delimiter"].is_null());
  EXPECT_EQ(dump_json(json["columns"][0]),
            R"({"name":"x","type":"number","missing":1,"min":null,"max":null,"mean":null})");
}

}  // namespace
}  // namespace ffwd
