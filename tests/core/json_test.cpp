#include "core/json.h"

#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace ffwd {
namespace {

std::string round_trip(std::string_view text) { return dump_json(parse_json(text, ErrorKind::kModel, "m.ffwd")); }

std::string refused(std::string_view text) {
  try {
    (void)parse_json(text, ErrorKind::kModel, "m.ffwd");
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kModel);
    EXPECT_EQ(error.fault().where, "m.ffwd");
    return error.fault().what;
  }
  ADD_FAILURE() << "was not refused";
  return {};
}

TEST(Json, KeepsTheOrderOfKeysAndEveryValue) {
  const std::string text = R"({"z":1,"a":[true,false,null,-3,18446744073709551615],"m":{"":"\"\\\n\u0001é😀"}})";
  EXPECT_EQ(round_trip(text), text);
}

TEST(Json, NumbersReadBackToTheSameBitsAndKeepTheirKind) {
  EXPECT_EQ(round_trip("[0.1,1e30,1.0,-0.0,3,1e-7]"), "[0.1,1e+30,1.0,-0.0,3,1e-07]");
  EXPECT_EQ(dump_json(Json(1.0 / 3.0)), "0.3333333333333333");
  EXPECT_EQ(dump_json(Json(5e-324)), "5e-324");
}

TEST(Json, TextIsEscapedOnlyWhereItMustBe) {
  EXPECT_EQ(dump_json(Json("a/b\x7f")), "\"a/b\x7f\"");
  EXPECT_EQ(dump_json(Json("\b\f\n\r\t\x1f")), R"("\b\f\n\r\t\u001f")");
  EXPECT_EQ(dump_json(Json("caf\xe9")), "\"caf\xEF\xBF\xBD\"");  // a file's name may be no UTF-8
}

TEST(Json, EmptyContainersStayWhatTheyAre) { EXPECT_EQ(round_trip(R"({"a":{},"b":[]})"), R"({"a":{},"b":[]})"); }

TEST(Json, RefusesDuplicateKeysAtAnyDepth) {
  EXPECT_EQ(refused(R"({"a":1,"a":2})"), "not valid JSON at line 1, column 10: duplicate key 'a'");
  EXPECT_EQ(refused(R"([{"b":{"x":1,"y":{"k":0,"k":0}}}])"), "not valid JSON at line 1, column 27: duplicate key 'k'");
  EXPECT_EQ(round_trip(R"({"a":{"a":1},"b":{"a":1}})"), R"({"a":{"a":1},"b":{"a":1}})");
}

TEST(Json, RefusesNestingOver64) {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  EXPECT_EQ(round_trip(nested(64)), nested(64));
  EXPECT_EQ(refused(nested(65)), "not valid JSON at line 1, column 65: nested deeper than 64 levels");
  EXPECT_EQ(refused(std::string(1000000, '[')), "not valid JSON at line 1, column 65: nested deeper than 64 levels");
}

TEST(Json, RefusesWhatIsNotJsonAndSaysWhere) {
  EXPECT_EQ(refused("{\"a\":1} x").substr(0, 37), "not valid JSON at line 1, column 9: s");
  EXPECT_EQ(refused("[1e400]").substr(0, 50), "not valid JSON at line 1, column 7: number overflo");
  EXPECT_EQ(refused("{\n  \"a\": 1,\n  b: 2\n}").substr(0, 36), "not valid JSON at line 3, column 3: ");
  for (const char* text :
       {"", "{", "[1,]", "{\"a\":}", "nan", "[Infinity]", "// c\n1", "'a'", "\"\xff\"", "\"\\ud800\"", "01"})
    EXPECT_EQ(refused(text).substr(0, 22), "not valid JSON at line") << text;
}

TEST(Json, AMessageIsShortAndDoesNotNameTheParser) {
  const std::string what = refused("[" + std::string(100000, 'x') + "]");
  EXPECT_LT(what.size(), 300u);
  EXPECT_EQ(what.find("exception"), std::string::npos);
}

TEST(Json, AMemberIsAddedAtTheEnd) {
  Json json = {{"b", 1}};
  add_member(json, "a", {{"c", 2}});
  EXPECT_EQ(dump_json(json), R"({"b":1,"a":{"c":2}})");
  EXPECT_EQ(json["a"]["c"], 2);
}

TEST(Json, ANumberThatIsNotFiniteIsABug) {
  EXPECT_THROW((void)dump_json(Json({{"x", std::numeric_limits<double>::infinity()}})), Error);
  EXPECT_THROW((void)dump_json(Json(std::numeric_limits<double>::quiet_NaN())), Error);
}

}  // namespace
}  // namespace ffwd
