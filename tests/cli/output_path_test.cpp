#include "cli/output_path.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <vector>

#include "cli/run_binary.h"
#include "support/fault_of.h"

namespace ffwd {
namespace {

TEST(OutputPath, AModelIsCalledLikeItsTarget) {
  EXPECT_EQ(default_model_path("price"), "price.ffwd");
  EXPECT_EQ(default_model_path("größe (m²)"), "größe (m²).ffwd");
}

TEST(OutputPath, WhatCannotStandInAFileNameIsReplaced) {
  EXPECT_EQ(default_model_path("km/h"), "km_h.ffwd");
  EXPECT_EQ(default_model_path("../up"), "_.._up.ffwd");
  EXPECT_EQ(default_model_path("a\nb:c"), "a_b_c.ffwd");
  EXPECT_EQ(default_model_path("-o"), "_-o.ffwd");
  EXPECT_EQ(default_model_path(""), "_.ffwd");
}

TEST(OutputPath, ALongNameIsCutAtAWholeCharacter) {
  std::string name(199, 'x');
  name += "é and more";
  EXPECT_EQ(default_model_path(name), std::string(199, 'x') + ".ffwd");
}

TEST(OutputPath, AFileThatIsReadIsNotWrittenOver) {
  const TempFolder folder;
  const std::string data = folder.with("data.csv", "a\n1\n");
  std::filesystem::create_symlink(data, folder.file("link"));
  const std::vector<std::string> read = {folder.file("absent"), data};
  check_not_read("--output", folder.file("new"), read);
  for (const std::string& path : {data, folder.path() + "/./data.csv", folder.file("link")}) {
    const Fault fault = fault_of([&] { check_not_read("--output", path, read); });
    EXPECT_EQ(fault.kind, ErrorKind::kUsage);
    EXPECT_EQ(fault.where, "--output");
    EXPECT_EQ(fault.what, "'" + path + "' is read in the same run and would be lost");
  }
}

TEST(OutputPath, AModelMayReplaceAModelAnEmptyFileAndNothingElse) {
  const TempFolder folder;
  const std::string model = folder.with("m.ffwd", std::string("\x02\0\0\0\0\0\0\0{}", 10));
  const std::string text = folder.with("notes.txt", "notes, long enough"), empty = folder.with("e", "");
  EXPECT_TRUE(holds_model(model));
  EXPECT_FALSE(holds_model(text) || holds_model(empty) || holds_model(folder.file("absent")) ||
               holds_model(folder.path()));
  for (const std::string& path : {model, empty, folder.file("absent")}) {
    EXPECT_NO_THROW(check_model_path("--output", path)) << path;
  }
  const Fault fault = fault_of([&] { check_model_path("--output", text); });
  EXPECT_EQ(fault.where, "--output");
  EXPECT_FALSE(fault.fix.empty());
  EXPECT_EQ(fault_of([&] { check_model_path("--output", "-"); }).fix, "name one, such as model.ffwd");
}

TEST(OutputPath, PredictionsHaveNoEndingThatPromisesAnotherKindOfFile) {
  for (const char* path : {"p.csv", "p", "p.txt", "p.parquet", "gz"}) {
    EXPECT_NO_THROW(check_prediction_ending("--output", path)) << path;
  }
  for (const char* path : {"p.csv.gz", "p.ZST", "p.json", "p.xlsx"}) {
    EXPECT_EQ(fault_of([&] { check_prediction_ending("--output", path); }).where, "--output") << path;
  }
}

TEST(OutputPath, PicturesEndInSvgAndCanBeWritten) {
  const TempFolder folder;
  EXPECT_NO_THROW(check_picture_path("--plot", folder.file("p.svg")));
  EXPECT_NO_THROW(check_picture_path("--plot", folder.file("p.SVG")));
  EXPECT_EQ(fault_of([&] { check_picture_path("--plot", folder.file("p.png")); }).where, "--plot");
  EXPECT_EQ(fault_of([&] { check_picture_path("--plot", folder.file("none/p.svg")); }).kind, ErrorKind::kOutput);
}

}  // namespace
}  // namespace ffwd
