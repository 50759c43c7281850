#include "kernels/units.h"

#include <gtest/gtest.h>

#include "cli/run_binary.h"
#include "core/json.h"
#include "network/layer.h"

namespace ffwd {
namespace {

TEST(Units, ListsEveryUnitWithItsFormula) {
  const Finished done = run_binary({"units"});
  EXPECT_EQ(done.exit, 0) << done.err;
  for (const UnitRow& unit : units()) EXPECT_NE(done.out.find(std::string(unit.formula)), std::string::npos);
  for (const std::string& name : layer_unit_names()) {
    EXPECT_NE(done.out.find("\n  " + name + " "), std::string::npos) << name;
  }
  EXPECT_NE(done.out.find("0 at -1; 0 at 1"), std::string::npos) << "the kinks of hard_tanh";
}

TEST(Units, ListsEveryTypeOfLayerWithItsOptions) {
  const Finished done = run_binary({"units", "--layers"});
  EXPECT_EQ(done.exit, 0) << done.err;
  for (const LayerRow* row : layers()) {
    EXPECT_NE(done.out.find("\n  " + std::string(row->name) + " "), std::string::npos) << row->name;
    for (const LayerOption& option : row->options) {
      EXPECT_NE(done.out.find("  " + std::string(option.name) + " "), std::string::npos) << option.name;
    }
  }
  EXPECT_NE(done.out.find("rate 0.5: share of the numbers that are zero in each step, from 0 to 0.99\n"),
            std::string::npos);
}

TEST(Units, JsonHoldsBothTables) {
  const Json json = parse_json(run_binary({"units", "--json"}).out, ErrorKind::kData, "stdout");
  ASSERT_EQ(json["units"].size(), units().size());
  ASSERT_EQ(json["layers"].size(), layers().size());
  const std::string relu = R"-({"name":"relu","formula":"max(0, z)","parameter":null,)-"
                           R"-("kinks":[{"at":0.0,"slope":0.0,"jump":false}],"initial_weights":"he"})-";
  EXPECT_EQ(json["units"][1].dump(), relu);
  for (const Json& layer : json["layers"]) {
    if (layer["name"] != "dropout") continue;
    EXPECT_EQ(layer["size"], "sum");
    EXPECT_EQ(layer["options"][0]["name"], "rate");
    EXPECT_EQ(layer["options"][0]["most"], 0.99);
  }
}

TEST(Units, DrawsThem) {
  const TempFolder folder;
  const Finished done = run_binary({"units", "-o", folder.file("u.svg")});
  EXPECT_EQ(done.exit, 0) << done.err;
  EXPECT_NE(done.out.find("Wrote  "), std::string::npos);
  EXPECT_EQ(read_text(folder.file("u.svg")).substr(0, 4), "<svg");
  EXPECT_EQ(run_binary({"units", "-o", folder.file("u.png")}).exit, 2);
}

}  // namespace
}  // namespace ffwd
