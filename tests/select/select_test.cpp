#include "ffwd/select.h"

#include <gtest/gtest.h>

#include "ffwd/error.h"
#include "model/flats.h"

namespace ffwd {
namespace {

std::string refusal(const SelectOptions& options) {
  try {
    options.validate();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    return error.what();
  }
  return "";
}

TEST(Select, ChecksItsOptions) {
  EXPECT_EQ(refusal({}), "");
  EXPECT_EQ(refusal({.folds = 10, .penalty = "l1", .lambdas = 2, .rule = "one-se"}), "");
  EXPECT_EQ(refusal({.folds = 1}), "--cv is 1; it must be from 2 to 1000");
  EXPECT_EQ(refusal({.lambdas = 1}), "--lambdas is 1; it must be from 2 to 100");
  EXPECT_NE(refusal({.folds = 1001, .rule = "worst"}).find("--cv-rule: unknown rule 'worst'"), std::string::npos);
  EXPECT_NE(refusal({.penalty = "l3"}).find("unknown penalty 'l3'"), std::string::npos);
}

TEST(Select, WithNothingToFindOutIsFit) {
  FitOptions options;
  options.targets = {"rent"};
  options.hidden = "4";
  options.train.epochs = 2;
  const Table table = flats(150);
  bool prepared = false;
  const SelectResult result = select(table, nullptr, nullptr, options, {}, {}, [&](const Prepared& p) {
    prepared = true;
    EXPECT_EQ(p.test_rows, 30u);
  });
  EXPECT_TRUE(prepared);
  EXPECT_FALSE(result.cross_validation || result.path);
  EXPECT_EQ(result.fit.model->to_bytes(), fit(table, nullptr, nullptr, options).model->to_bytes());
}

TEST(Select, APathNeedsALambdaToStartWith) {
  FitOptions options;
  options.targets = {"rent"};
  EXPECT_THROW((void)select(flats(150), nullptr, nullptr, options, {.penalty = "l2"}), Error);
}

}  // namespace
}  // namespace ffwd
