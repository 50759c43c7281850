#include "cli/predicted.h"

#include <gtest/gtest.h>

#include "cli/fake_console.h"
#include "cli/made_fit.h"
#include "cli/run_binary.h"

namespace ffwd {
namespace {

TEST(Predicted, CarriesModelRowsAndPredictions) {
  const TempFolder folder;
  made_fit("y").model->save(folder.file("m"));
  FakeConsole fake;
  Warnings warnings(fake.console);
  const std::string data = folder.with("d.csv", "city;b;a\nRome;1;007.0\n");
  const Predicted predicted = predict_file({.model = folder.file("m"), .data = data}, {"a"}, warnings);
  EXPECT_EQ(predicted.model.targets(), std::vector<std::string>{"y"});
  EXPECT_EQ(predicted.prediction.values.rows(), 1u);
  EXPECT_EQ(predicted.table.column(2).cell(0), "007.0");
  EXPECT_EQ(fake.err.str(), "");
}

TEST(Predicted, ValuesThatTrainingDidNotSeeAreWarnedOf) {
  const TempFolder folder;
  made_fit("y").model->save(folder.file("m"));
  FakeConsole fake;
  Warnings warnings(fake.console);
  const std::string data = folder.with("d.csv", "a,b,city\n1,2,Rome\n1,2,Bonn\n1,2,Kiel\n");
  static_cast<void>(predict_file({.model = folder.file("m"), .data = data}, {}, warnings));
  EXPECT_EQ(fake.err.str(),
            "ffwd: warning: column 'city': 2 rows with values that training did not see, such as 'Bonn', predicted as "
            "unknown\n");
}

TEST(Predicted, NumbersFarBeyondTrainingAreWarnedOf) {
  const TempFolder folder;
  made_fit("y").model->save(folder.file("m"));
  FakeConsole fake;
  Warnings warnings(fake.console);
  const std::string data = folder.with("d.csv", "a,b,city\n1e7,2,Rome\n1,2,Rome\n-1e7,2,Rome\n");
  static_cast<void>(predict_file({.model = folder.file("m"), .data = data}, {}, warnings));
  const std::string said = fake.err.str();
  EXPECT_TRUE(said.starts_with("ffwd: warning: column 'a': 2 rows far beyond the ")) << said;
  EXPECT_NE(said.find(" of training, such as 1e+07, predicted as if at the nearer of "), std::string::npos) << said;
}

}  // namespace
}  // namespace ffwd
