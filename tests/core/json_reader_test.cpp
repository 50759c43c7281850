#include "core/json_reader.h"

#include <gtest/gtest.h>

#include <functional>

namespace ffwd {
namespace {

std::string refusal(const std::function<void()>& act) {
  try {
    act();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kModel);
    return error.what();
  }
  return "";
}

const Json kJson = {
    {"name", "x"}, {"size", 3}, {"rate", 0.5}, {"from", {"a", "b"}}, {"deep", {{"list", {{{"k", 1}}}}}}};

TEST(JsonReader, GivesValuesOfTheirTypes) {
  const JsonReader reader(kJson, "m.ffwd", "");
  reader.only({"name", "size", "rate", "from", "deep"});
  EXPECT_EQ(reader.text("name"), "x");
  EXPECT_EQ(reader.count("size"), 3u);
  EXPECT_EQ(reader.number("rate"), 0.5);
  EXPECT_EQ(reader.number("size"), 3);
  EXPECT_EQ(reader.texts("from"), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(reader.object("deep").objects("list")[0].count("k"), 1u);
}

TEST(JsonReader, NamesThePathOfWhatItRefuses) {
  const JsonReader reader(kJson, "m.ffwd", "");
  EXPECT_NE(refusal([&] { reader.only({"name"}); }).find("m.ffwd: the model's 'size' is not known"), std::string::npos);
  EXPECT_NE(refusal([&] { (void)reader.text("no"); }).find("'no' is missing"), std::string::npos);
  EXPECT_NE(refusal([&] { (void)reader.text("size"); }).find("'size' must be a text"), std::string::npos);
  EXPECT_NE(refusal([&] { (void)reader.count("rate"); }).find("'rate' must be a whole number"), std::string::npos);
  EXPECT_NE(refusal([&] { (void)reader.number("name"); }).find("must be a finite number"), std::string::npos);
  EXPECT_NE(refusal([&] { (void)reader.texts("deep"); }).find("must be a list of texts"), std::string::npos);
  EXPECT_NE(refusal([&] { (void)reader.object("deep").objects("list")[0].text("k"); }).find("'deep.list[0].k'"),
            std::string::npos);
  EXPECT_NE(refusal([&] { (void)reader.object("name"); }).find("'name' must be an object"), std::string::npos);
}

TEST(JsonReader, RefusesCountsBeyondTwoToThe53) {
  const Json json = {{"n", 18446744073709551615u}};
  EXPECT_NE(refusal([&] { (void)JsonReader(json, "m", "").count("n"); }), "");
}

}  // namespace
}  // namespace ffwd
