#include <gtest/gtest.h>

#include "ffwd/error.h"
#include "ffwd/model.h"

namespace ffwd {
namespace {

std::string refusal(const FitOptions& options) {
  try {
    options.validate();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    return error.what();
  }
  return "";
}

TEST(FitOptions, AreValidWithATarget) {
  FitOptions options;
  options.targets = {"y"};
  EXPECT_EQ(refusal(options), "");
}

TEST(FitOptions, ReportEveryFaultAtOnce) {
  FitOptions options;
  options.task = "regresion";
  options.valid_fraction = 1.5;
  options.precision = "float16";
  options.activation = {"rellu"};
  options.train.epochs = 5000000000;
  options.numeric = "robustt";
  options.encode = {{"age", "quantil"}};
  const std::string what = refusal(options);
  for (const char* part : {"--epochs is 5000000000", "--target is not given", "did you mean 'regression'",
                           "--valid-fraction is 1.5", "--numeric: unknown encoding 'robustt'; did you mean 'robust'?",
                           "--encode 'age': unknown encoding 'quantil'; did you mean 'quantile'?",
                           "unknown precision 'float16'", "did you mean 'relu'"}) {
    EXPECT_NE(what.find(part), std::string::npos) << part << " in: " << what;
  }
}

TEST(FitOptions, RefuseFractionsThatLeaveNothingAndUnitsWithoutLayers) {
  FitOptions options;
  options.targets = {"y"};
  options.valid_fraction = 0.5;
  options.test_fraction = 0.5;
  EXPECT_NE(refusal(options).find("leave no rows for training"), std::string::npos);
  options.test_fraction = 0.1;
  options.hidden = "8,8,8";
  options.activation = {"relu", "tanh"};
  EXPECT_NE(refusal(options).find("2 units for 3 hidden layers"), std::string::npos);
  options.hidden.reset();
  options.activation = {"relu", "tanh", "relu"};
  EXPECT_NE(refusal(options).find("--activation names 3 units for 2 hidden layers"), std::string::npos);
}

TEST(FitOptions, RefuseEmbeddingsThatAreNone) {
  FitOptions options;
  options.targets = {"y"};
  options.embed = {{"shop"}, {"city", 0}, {"shop", 3}};
  const std::string what = refusal(options);
  EXPECT_NE(what.find("--embed names 'shop' twice"), std::string::npos) << what;
  EXPECT_NE(what.find("--embed 'city': size is 0; it must be from 1 to 1000000"), std::string::npos) << what;
  options.embed = {{"shop"}};
  EXPECT_EQ(refusal(options), "");
  options.network = R"({"layers": [{"name": "y"}]})";
  EXPECT_NE(refusal(options).find("leave --hidden, --activation, --dropout and --embed out"), std::string::npos);
}

}  // namespace
}  // namespace ffwd
