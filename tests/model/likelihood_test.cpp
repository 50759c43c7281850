#include "model/likelihood.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "core/rows.h"
#include "support/fault_of.h"

namespace ffwd {
namespace {

constexpr Task kTasks[] = {Task::kRegression, Task::kBinary, Task::kMulticlass, Task::kMultilabel};

TEST(Likelihood, EveryTaskHasAUsualLossWhichIsItsFirst) {
  for (const Task task : kTasks) {
    const LossRow* const usual = find_loss(task, "auto");
    ASSERT_NE(usual, nullptr);
    EXPECT_EQ(loss_names(task).front(), usual->name);
    EXPECT_EQ(likelihood_names(task).front(), usual->likelihood);
    EXPECT_EQ(find_loss(task, usual->name), usual);
  }
}

TEST(Likelihood, EveryLossFitsOneTaskAndThatOfTwoClassesOneOfSeveralTargetsToo) {
  for (const LossRow* row : losses()) {
    int fits = 0;
    for (const Task task : kTasks) fits += find_loss(task, row->name) == row ? 1 : 0;
    EXPECT_EQ(fits, row->targets == LossTargets::kTwoClasses ? 2 : 1) << row->name;
  }
  EXPECT_EQ(find_loss(Task::kRegression, "binary_cross_entropy"), nullptr);
  EXPECT_EQ(find_loss(Task::kRegression, "nonsense"), nullptr);
}

TEST(Likelihood, AndLossNameTheSameRow) {
  for (const Task task : kTasks) {
    for (const std::string& name : loss_names(task)) {
      FitOptions by_loss, by_likelihood, by_both;
      by_loss.loss = by_both.loss = name;
      by_likelihood.likelihood = by_both.likelihood = choose_loss(task, by_loss).row().likelihood;
      EXPECT_EQ(choose_loss(task, by_likelihood).row().name, name);
      EXPECT_EQ(choose_loss(task, by_both).row().name, name);
    }
  }
}

Fault refused(Task task, const FitOptions& options) {
  return fault_of([&] { static_cast<void>(choose_loss(task, options)); });
}

TEST(Likelihood, ThatDoesNotFitTheTaskIsRefused) {
  FitOptions options;
  options.likelihood = "poisson";
  const Fault fault = refused(Task::kBinary, options);
  EXPECT_EQ(fault.what, "'poisson' is no likelihood of two classes");
  EXPECT_EQ(fault.where, "--likelihood");
  EXPECT_EQ(fault.fix, "give bernoulli or threshold, or leave --likelihood out; or say --task regression");
}

TEST(Likelihood, ThatContradictsTheLossIsRefused) {
  FitOptions options;
  options.likelihood = "gaussian";
  options.loss = "mae";
  const Fault fault = refused(Task::kRegression, options);
  EXPECT_EQ(fault.what, "the likelihood gaussian is trained with the loss gaussian, not with mae");
  EXPECT_EQ(fault.where, "--likelihood");
}

TEST(Likelihood, TakesTheOptionsOfItsLossAndRefusesThoseOfOthers) {
  FitOptions options;
  options.likelihood = "quantile";
  options.quantiles = {0.25, 0.75};
  EXPECT_EQ(choose_loss(Task::kRegression, options).options().levels, (std::vector<double>{0.25, 0.75}));
  options.likelihood = "huber_mean";
  EXPECT_EQ(refused(Task::kRegression, options).where, "--quantiles");
  options.quantiles.reset();
  options.huber_delta = 0.5;
  EXPECT_EQ(choose_loss(Task::kRegression, options).options().delta, 0.5);
  options.likelihood = "auto";
  EXPECT_EQ(refused(Task::kRegression, options).where, "--huber-delta");
  options.huber_delta.reset();
  options.label_smoothing = 0.1;
  EXPECT_EQ(choose_loss(Task::kMulticlass, options).options().label_smoothing, 0.1);
  const Fault fault = refused(Task::kBinary, options);
  EXPECT_EQ(fault.where, "--label-smoothing");
  EXPECT_EQ(fault.fix, "leave it out: no loss of two classes has");
}

TEST(Likelihood, OfCountsWantsCounts) {
  EXPECT_EQ(values_of(Loss(*find_row(losses(), "poisson"))), Values::kCounts);
  EXPECT_EQ(values_of(Loss(*find_row(losses(), "gaussian"))), Values::kNumbers);
}

TEST(Likelihood, ReadsBackAsItWasWritten) {
  for (const Task task : kTasks) {
    for (const std::string& name : loss_names(task)) {
      const Loss loss(*find_row(losses(), name), {.delta = 0.5, .label_smoothing = 0.25, .levels = {0.2, 0.9}});
      const Json model = {{"likelihood", likelihood_json(loss)}};
      const Loss again = likelihood_from_json(JsonReader(model, "m.ffwd", ""), task);
      EXPECT_EQ(dump_json(likelihood_json(again)), dump_json(likelihood_json(loss))) << name;
      EXPECT_EQ(&again.row(), &loss.row());
    }
  }
}

TEST(Likelihood, OfOlderFilesHasNoOptions) {
  const Json model = {{"likelihood", {{"name", "huber_mean"}, {"loss", "huber"}}}};
  EXPECT_EQ(likelihood_from_json(JsonReader(model, "m.ffwd", ""), Task::kRegression).options().delta, 1);
  EXPECT_EQ(likelihood_json(Loss(*find_row(losses(), "huber"))), model.at("likelihood")) << "1 goes without saying";
}

TEST(Likelihood, OfADamagedFileIsRefused) {
  const auto refused_file = [](const Json& likelihood, Task task = Task::kRegression) {
    const Json model = {{"likelihood", likelihood}};
    return fault_of([&] { static_cast<void>(likelihood_from_json(JsonReader(model, "m.ffwd", ""), task)); }).what;
  };
  EXPECT_NE(refused_file({{"name", "huber_mean"}, {"loss", "huber"}, {"delta", 0}}).find("'likelihood.delta'"),
            std::string::npos);
  EXPECT_NE(refused_file({{"name", "gaussian_mean"}, {"loss", "mse"}, {"delta", 1}}).find("delta"), std::string::npos);
  EXPECT_NE(refused_file({{"name", "gaussian_mean"}, {"loss", "mae"}}).find("does not fit the loss"),
            std::string::npos);
  EXPECT_NE(refused_file({{"name", "categorical"}, {"loss", "categorical_cross_entropy"}, {"label_smoothing", 1}},
                         Task::kMulticlass)
                .find("below 1"),
            std::string::npos);
  const auto levels = [&](const Json& list) {
    return refused_file({{"name", "quantile"}, {"loss", "quantile"}, {"levels", list}});
  };
  EXPECT_NE(levels({0.5, 0.1}).find("must rise"), std::string::npos);
  EXPECT_NE(levels({0.5, 1.0}).find("below 1"), std::string::npos);
  EXPECT_NE(levels({0.5, "x"}).find("list of numbers"), std::string::npos);
  EXPECT_NE(levels(Json::array()).find("must hold a level"), std::string::npos);
  EXPECT_NE(levels(std::vector<double>(65, 0.5)).find("more than 64"), std::string::npos);
  EXPECT_NE(refused_file({{"name", "quantile"}, {"loss", "quantile"}}).find("levels"), std::string::npos);
}

}  // namespace
}  // namespace ffwd
