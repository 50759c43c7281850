#include <gtest/gtest.h>

#include "cli/made_fit.h"
#include "cli/run_binary.h"
#include "core/json.h"

namespace ffwd {
namespace {

Json json_of(const Finished& done) {
  EXPECT_EQ(done.exit, 0) << done.err;
  return parse_json(done.out, ErrorKind::kData, "stdout");
}

TEST(Inspect, OfATableListsItsColumns) {
  const TempFolder folder;
  const Json json = json_of(run_binary({"inspect", folder.with("t.csv", "a;b\n1,5;x\n2;NA\n"), "--json"}));
  EXPECT_EQ(json["rows"], 2);
  EXPECT_EQ(json["delimiter"], ";");
  EXPECT_EQ(json["warnings"], Json::array());
  EXPECT_EQ(json["columns"][0]["name"], "a");
  EXPECT_EQ(json["columns"][0]["type"], "number");
  EXPECT_EQ(json["columns"][1]["missing"], 1);
  EXPECT_FALSE(json["columns"][0].contains("values"));
}

TEST(Inspect, ValuesAreAddedOnRequest) {
  const TempFolder folder;
  const std::string data = folder.with("t.csv", "a,b\n1,x\n2,NA\n");
  const Json json = json_of(run_binary({"inspect", data, "--json", "--values"}));
  EXPECT_EQ(json["columns"][0]["values"], Json::array({1, 2}));
  EXPECT_EQ(json["columns"][1]["values"], Json::array({"x", nullptr}));
  const Finished done = run_binary({"inspect", data, "--values"});
  EXPECT_EQ(done.exit, 2);
  EXPECT_EQ(done.err, "ffwd: error: --values: goes with --json only\n  add --json\n");
}

TEST(Inspect, DelimiterAndMissingMarksCanBeGiven) {
  const TempFolder folder;
  const std::string data = folder.with("t.csv", "a:b\n1:-9\n2:3\n");
  const Json json = json_of(run_binary({"inspect", data, "--json", "--delimiter", ":", "--missing", "-9"}));
  EXPECT_EQ(json["columns"][1]["missing"], 1);
}

TEST(Inspect, WarningsGoToStandardErrorToo) {
  const TempFolder folder;
  const Finished done = run_binary({"inspect", folder.with("t.csv", "a,b\n1,2\n\n3,4\n"), "--json"});
  EXPECT_EQ(json_of(done)["warnings"].size(), 1u);
  EXPECT_EQ(done.err.substr(0, 15), "ffwd: warning: ");
}

TEST(Inspect, OfAModelIsRecognisedByItsContent) {
  const TempFolder folder;
  made_fit("y").model->save(folder.file("model.csv"));
  const Json json = json_of(run_binary({"inspect", folder.file("model.csv"), "--json"}));
  EXPECT_EQ(json["format"], 1);
  EXPECT_EQ(json["parameters"], made_fit("y").model->network().n_parameters());
  const Finished shown = run_binary({"inspect", folder.file("model.csv")});
  EXPECT_EQ(shown.exit, 0);
  EXPECT_EQ(shown.out.substr(0, 24), "Model  regression of 'y'");
}

TEST(Inspect, OfAModelSaysWhatLayersReadAndHowMuchTheyLearn) {
  const TempFolder folder;
  made_fit("y").model->save(folder.file("m.ffwd"));
  const Json layers = json_of(run_binary({"inspect", folder.file("m.ffwd"), "--json"}))["network"]["layers"];
  const NetworkSpec network = made_fit("y").model->network();
  EXPECT_EQ(layers[0]["from"], Json::array({network.inputs[0].name}));
  EXPECT_EQ(layers[0]["parameters"], network.n_parameters(network.layers[0]));
}

TEST(Inspect, DrawsTheNetworkOfAModelAndNothingElse) {
  const TempFolder folder;
  const std::string model = folder.file("m.ffwd"), plot = folder.file("n.svg");
  made_fit("y").model->save(model);
  const Finished done = run_binary({"inspect", model, "--plot", plot});
  EXPECT_EQ(done.exit, 0) << done.err;
  EXPECT_NE(done.out.find("Wrote  "), std::string::npos);
  EXPECT_NE(read_text(plot).find(">Network: y<"), std::string::npos);
  EXPECT_EQ(json_of(run_binary({"inspect", model, "--plot", plot, "--json"}))["format"], 1);
  EXPECT_EQ(run_binary({"inspect", model, "--plot", folder.file("n.png")}).exit, 2);
  EXPECT_EQ(run_binary({"inspect", model, "--plot", folder.file("none/n.svg")}).exit, 6);
  const Finished table = run_binary({"inspect", folder.with("t.csv", "a,b\n1,2\n"), "--plot", plot});
  EXPECT_EQ(table.exit, 2);
  EXPECT_NE(table.err.find("--plot: draws the network of a model"), std::string::npos) << table.err;
}

TEST(Inspect, OptionsOfTablesAreRefusedForAModel) {
  const TempFolder folder;
  made_fit("y").model->save(folder.file("m.ffwd"));
  for (const std::vector<std::string>& more :
       std::vector<std::vector<std::string>>{{"--missing", "x"}, {"--delimiter", ";"}, {"--json", "--values"}}) {
    std::vector<std::string> args = {"inspect", folder.file("m.ffwd")};
    args.insert(args.end(), more.begin(), more.end());
    EXPECT_EQ(run_binary(args).exit, 2);
  }
}

TEST(Inspect, AFileNamedLikeAModelIsJudgedAsOne) {
  const TempFolder folder;
  EXPECT_EQ(run_binary({"inspect", folder.with("m.ffwd", "a,b\n1,2\n")}).exit, 4);
  EXPECT_EQ(run_binary({"inspect", folder.file("absent.ffwd")}).exit, 4);
  EXPECT_EQ(run_binary({"inspect", folder.file("absent.csv")}).exit, 3);
}

}  // namespace
}  // namespace ffwd
