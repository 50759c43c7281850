#include <gtest/gtest.h>

#include <cmath>
#include <optional>
#include <string>

#include "ffwd/derivatives.h"

namespace ffwd {
namespace {

Table made_table() {
  Table table;
  std::vector<double> x(60), y(60);
  for (std::size_t i = 0; i < x.size(); ++i) {
    x[i] = 0.1 * static_cast<double>(i) - 3;
    y[i] = x[i] * x[i] + 0.3 * std::sin(5 * x[i]);
  }
  table.add_numbers("x", x);
  table.add_numbers("y", y);
  return table;
}

std::vector<DerivativeCheck> checked(const std::string& hidden, const std::string& likelihood) {
  FitOptions options;
  options.targets = {"y"};
  options.hidden = hidden;
  options.likelihood = likelihood;
  options.train.epochs = 20;
  return check_derivatives(*fit(made_table(), nullptr, nullptr, options).model, made_table());
}

TEST(CheckDerivatives, AgreesForSmoothNetworksAndNamesEveryTensor) {
  for (const char* likelihood : {"gaussian_mean", "gaussian", "laplace"}) {
    SCOPED_TRACE(likelihood);
    const auto checks = checked("7 tanh, 5 rbf, 3 softplus layer_norm", likelihood);
    ASSERT_EQ(checks.size(), 11U);
    EXPECT_EQ(checks.front().group, "hidden1.weight");
    EXPECT_EQ(checks.back().group, "features");
    for (const DerivativeCheck& check : checks) {
      SCOPED_TRACE(check.group);
      EXPECT_GT(check.n_checked, 0U);
      EXPECT_LT(check.gradient, 1e-6);
      EXPECT_LT(check.hessian, 1e-4);
    }
  }
}

// Running means and variances are constants to derivatives.
TEST(CheckDerivatives, LeavesStatisticsOut) {
  std::vector<std::string> groups;
  for (const DerivativeCheck& check : checked("4 tanh batch_norm", "gaussian_mean")) groups.push_back(check.group);
  EXPECT_EQ(groups, (std::vector<std::string>{"hidden1.weight", "hidden1.bias", "hidden1_batch_norm.scale",
                                              "hidden1_batch_norm.bias", "output.weight", "output.bias", "features"}));
}

TEST(CheckDerivatives, AgreesForEmbeddingsOfWhichCodesHaveNone) {
  Table table = made_table();
  std::vector<std::optional<std::string>> shop;
  for (std::size_t i = 0; i < table.n_rows(); ++i) shop.emplace_back("s" + std::to_string(i % 7));
  table.add_text("shop", shop);
  FitOptions options;
  options.targets = {"y"};
  options.hidden = "5 tanh";
  options.embed = {{"shop", 3}};
  options.train.epochs = 20;
  const Model model = *fit(table, nullptr, nullptr, options).model;
  for (const DerivativeCheck& check : check_derivatives(model, table)) {
    SCOPED_TRACE(check.group);
    EXPECT_GT(check.n_checked, 0U);
    EXPECT_LT(check.gradient, 1e-6);
    EXPECT_LT(check.hessian, 1e-4);
  }
  EXPECT_EQ(sensitivities(model, table).columns, std::vector<std::string>{"x"});
}

// relu of the feature itself, which is 0 in some rows: there one side has no slope.
TEST(CheckDerivatives, LeavesKinksOutAndSaysSo) {
  Table table = made_table();
  Table with_zeros;
  Column x = table.column(0);
  for (std::size_t i = 0; i < 10; ++i) x.numbers[i] = 0;  // and row 30 is
  with_zeros.add(std::move(x));
  with_zeros.add(table.column(1));
  FitOptions options;
  options.targets = {"y"};
  options.numeric = "none";
  options.network = R"({"layers": [{"name": "r", "type": "activation", "unit": "relu"}, {"name": "out"}]})";
  options.train.epochs = 20;
  const auto checks = check_derivatives(*fit(with_zeros, nullptr, nullptr, options).model, with_zeros);
  EXPECT_EQ(checks.back().n_kinks, 11U);
  EXPECT_EQ(checks.back().n_checked, 49U);
  for (const DerivativeCheck& check : checks) EXPECT_LT(check.gradient, 1e-6) << check.group;
}

}  // namespace
}  // namespace ffwd
