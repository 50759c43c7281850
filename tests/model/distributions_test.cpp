// Whole fits with likelihoods that say more of a number than one prediction.
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "core/json.h"
#include "core/philox.h"
#include "ffwd/error.h"
#include "ffwd/model.h"
#include "support/fault_of.h"

namespace ffwd {
namespace {

/// y = 3 x with noise that grows with x, its opposite with holes, and a count of rate e^x.
Table noisy(std::size_t rows, std::uint64_t seed = 1) {
  const Philox random(seed, Purpose::kSplit);
  std::vector<double> x, y, z, n;
  for (std::size_t r = 0; r < rows; ++r) {
    const double at = 2 * random.uniform(1, r);
    double noise = -6;  // twelve uniform numbers make a normal one
    for (std::size_t k = 0; k < 12; ++k) noise += random.uniform(2, 12 * r + k);
    x.push_back(at);
    y.push_back(1000 + 300 * at + 100 * (0.1 + at) * noise);
    z.push_back(r % 5 == 0 ? std::nan("") : -y.back());
    n.push_back(std::floor(std::exp(at) * (0.5 + random.uniform(3, r))));
  }
  Table table;
  table.add_numbers("x", std::move(x));
  table.add_numbers("y", std::move(y));
  table.add_numbers("z", std::move(z));
  table.add_numbers("n", std::move(n));
  return table;
}

FitOptions options_for(const std::string& target, const std::string& likelihood) {
  FitOptions options;
  options.targets = {target};
  options.likelihood = likelihood;
  options.hidden = "16";
  options.activation = {"tanh"};
  options.train.epochs = 60;
  for (const char* name : {"y", "z", "n"}) {
    if (target != name) options.drop.emplace_back(name);
  }
  return options;
}

double share_below(const Table& table, const Matrix& answers, std::size_t column) {
  const auto& truth = table.column(*table.find("y")).numbers;
  double below = 0;
  for (std::size_t r = 0; r < truth.size(); ++r) below += truth[r] < answers(r, column) ? 1 : 0;
  return below / static_cast<double>(truth.size());
}

TEST(Distributions, GaussianAndLaplaceLearnHowTheNoiseGrows) {
  for (const char* likelihood : {"gaussian", "laplace"}) {
    SCOPED_TRACE(likelihood);
    const FitResult result = fit(noisy(1500), nullptr, nullptr, options_for("y", likelihood));
    EXPECT_LT(result.test.metrics["nll"], result.test.baseline["nll"] - 0.2);
    EXPECT_EQ(result.model->answers(), (std::vector<std::string>{"prediction", "sd"}));
    Table two;
    two.add_numbers("x", {0.2, 1.8});
    const Matrix answers = result.model->predict(two).values;
    EXPECT_NEAR(answers(0, 0), 1060, 40);
    EXPECT_NEAR(answers(1, 0), 1540, 120);
    EXPECT_NEAR(answers(0, 1), 30, 20);
    EXPECT_NEAR(answers(1, 1), 200, 80);
  }
}

TEST(Distributions, QuantilesHaveTheirShareOfTheRowsBelowAndDoNotCross) {
  for (const char* likelihood : {"quantile", "independent_quantiles"}) {
    SCOPED_TRACE(likelihood);
    FitOptions options = options_for("y", likelihood);
    options.quantiles = {0.1, 0.25, 0.9};
    const FitResult result = fit(noisy(1500), nullptr, nullptr, options);
    EXPECT_LT(result.test.metrics["pinball_loss"], result.test.baseline["pinball_loss"]);
    const Table others = noisy(1000, 2);
    const Matrix answers = result.model->predict(others).values;
    ASSERT_EQ(answers.columns(), 4u);
    EXPECT_NEAR(share_below(others, answers, 1), 0.1, 0.05);
    EXPECT_NEAR(share_below(others, answers, 2), 0.25, 0.06);
    EXPECT_NEAR(share_below(others, answers, 3), 0.9, 0.05);
    if (std::string(likelihood) != "quantile") continue;
    for (std::size_t r = 0; r < 1000; ++r) {
      EXPECT_LE(answers(r, 1), answers(r, 2));
      EXPECT_LE(answers(r, 2), answers(r, 3));
    }
  }
}

TEST(Distributions, PoissonLearnsRatesAndIsMeasuredByItsLikelihood) {
  const FitResult result = fit(noisy(1500), nullptr, nullptr, options_for("n", "poisson"));
  EXPECT_LT(result.test.metrics["nll"], result.test.baseline["nll"] - 0.1);
  Table two;
  two.add_numbers("x", {0.3, 1.7});
  const Matrix answers = result.model->predict(two).values;
  EXPECT_NEAR(answers(0, 0), std::exp(0.3) - 0.5, 0.3);  // rounding down takes half
  EXPECT_NEAR(answers(1, 0), std::exp(1.7) - 0.5, 0.8);
}

TEST(Distributions, OfSeveralTargetsAreNamedByThemAndSkipHoles) {
  FitOptions options = options_for("y", "gaussian");
  options.targets = {"y", "z"};
  options.drop = {"n"};
  const FitResult result = fit(noisy(600), nullptr, nullptr, options);
  EXPECT_EQ(result.model->answers(), (std::vector<std::string>{"y_prediction", "y_sd", "z_prediction", "z_sd"}));
  ASSERT_EQ(result.test.metrics.by_target.size(), 2u);
  EXPECT_TRUE(std::isfinite(result.test.metrics.by_target[1].metrics["nll"]));
  EXPECT_GT(result.test.metrics["r2"], 0.3);
}

// What is measured while fitting is what the saved model gives, to the bit.
TEST(Distributions, SurviveTheFile) {
  for (const char* likelihood : {"gaussian", "laplace", "poisson", "quantile", "independent_quantiles"}) {
    SCOPED_TRACE(likelihood);
    FitOptions options = options_for(std::string(likelihood) == "poisson" ? "n" : "y", likelihood);
    options.train.epochs = 3;
    const Table test = noisy(80, 3);
    const FitResult result = fit(noisy(300), nullptr, &test, options);
    const std::string bytes = result.model->to_bytes();
    const Model again = Model::from_bytes(bytes, "m.ffwd");
    EXPECT_EQ(again.to_bytes(), bytes);
    EXPECT_EQ(again.answers(), result.model->answers());
    const Evaluation evaluation = again.evaluate(test, again.predict(test));
    ASSERT_EQ(evaluation.metrics.values.size(), result.test.metrics.values.size());
    for (const Metrics::Value& metric : evaluation.metrics.values) {
      EXPECT_EQ(metric.value, result.test.metrics[metric.name]) << metric.name;
    }
  }
}

/// Two bits that hang together with x and w, one of them with holes, and no bit.
Table bits(std::size_t rows, std::uint64_t seed = 1) {
  const Philox random(seed, Purpose::kSplit);
  std::string csv = "x,w,a,b,c\n";
  for (std::size_t r = 0; r < rows; ++r) {
    const double x = 2 * random.uniform(1, r) - 1, w = 2 * random.uniform(2, r) - 1;
    const bool a = x + 0.3 * (random.uniform(3, r) - 0.5) > 0, b = x * w > 0;
    csv += std::to_string(x) + "," + std::to_string(w) + (a ? ",1," : ",0,") +
           (r % 6 == 0 ? "" : (b ? "true" : "false")) + "," + std::to_string(r % 3) + "\n";
  }
  return read_csv(csv, "bits.csv");
}

TEST(Distributions, SeveralTargetsOfTwoClassesAreIndependentBernoullis) {
  FitOptions options;
  options.targets = {"a", "b"};
  options.task = "classification";
  options.drop = {"c"};
  options.train.epochs = 60;
  const Table test = bits(150, 2);
  const FitResult result = fit(bits(900), nullptr, &test, options);
  const Model& model = *result.model;
  EXPECT_EQ(model.task(), Task::kMultilabel);
  EXPECT_TRUE(model.classes().empty());
  EXPECT_EQ(model.answers(),
            (std::vector<std::string>{"a_prediction", "a_probability", "b_prediction", "b_probability"}));
  for (const TargetMetrics& of : result.test.metrics.by_target) EXPECT_GT(of.metrics["accuracy"], 0.85) << of.target;
  EXPECT_GT(result.test.metrics["accuracy"], result.test.baseline["accuracy"] + 0.2);
  const Model again = Model::from_bytes(model.to_bytes(), "m.ffwd");
  EXPECT_EQ(again.to_bytes(), model.to_bytes());
  EXPECT_EQ(again.task(), Task::kMultilabel);
  EXPECT_EQ(again.evaluate(test, again.predict(test)).metrics["log_loss"], result.test.metrics["log_loss"]);
}

TEST(Distributions, SeveralTargetsOfMoreClassesAreRefused) {
  FitOptions options;
  options.targets = {"a", "c"};
  options.task = "classification";
  const Fault fault = fault_of([&] { static_cast<void>(fit(bits(300), nullptr, nullptr, options)); });
  EXPECT_EQ(fault.kind, ErrorKind::kUsage);
  EXPECT_NE(fault.what.find("'c' is not"), std::string::npos);
  options.targets = {"a", "b"};
  options.class_weight = "balanced";
  EXPECT_EQ(fault_of([&] { static_cast<void>(fit(bits(300), nullptr, nullptr, options)); }).where, "--class-weight");
}

TEST(Distributions, ALabelThatIsNeitherZeroNorOneIsRefusedWhereItIsMet) {
  FitOptions options;
  options.targets = {"a", "b"};
  options.task = "classification";
  options.train.epochs = 1;
  const FitResult result = fit(bits(200), nullptr, nullptr, options);
  Table other = bits(3);
  Table wrong;
  for (std::size_t k = 0; k < other.n_columns(); ++k) {
    if (other.column(k).name != "a") wrong.add(other.column(k));
  }
  wrong.add_integers("a", {0, 1, 2});
  const Fault fault = fault_of([&] { static_cast<void>(result.model->evaluate(wrong, result.model->predict(wrong))); });
  EXPECT_NE(fault.what.find("'2' is neither 0 nor 1"), std::string::npos) << fault.what;
}

TEST(Distributions, OfCountsRefuseOtherNumbers) {
  const Fault fault =
      fault_of([] { static_cast<void>(fit(noisy(300), nullptr, nullptr, options_for("y", "poisson"))); });
  EXPECT_EQ(fault.kind, ErrorKind::kData);
  EXPECT_NE(fault.what.find("is no count"), std::string::npos);
}

TEST(Distributions, HuberDeltaAndLabelSmoothingReachTheFile) {
  FitOptions options = options_for("y", "auto");
  options.loss = "huber";
  options.huber_delta = 0.25;
  options.train.epochs = 3;
  const FitResult narrow = fit(noisy(200), nullptr, nullptr, options);
  const Json description = Json::parse(narrow.model->description());
  EXPECT_EQ(description["likelihood"]["delta"], 0.25);
  options.huber_delta.reset();
  const FitResult usual = fit(noisy(200), nullptr, nullptr, options);
  EXPECT_FALSE(Json::parse(usual.model->description())["likelihood"].contains("delta"));
  EXPECT_NE(usual.history.back().train_loss, narrow.history.back().train_loss);
}

TEST(Distributions, FaultsOfTheirOptionsAreAllReported) {
  FitOptions options = options_for("y", "gauss");
  options.quantiles = {0.5, 0.1};
  options.huber_delta = 0;
  options.label_smoothing = 1;
  const std::string what = fault_of([&] { options.validate(); }).what;
  for (const char* part : {"--likelihood: unknown likelihood 'gauss'", "--quantiles must rise", "--huber-delta is 0",
                           "--label-smoothing is 1"}) {
    EXPECT_NE(what.find(part), std::string::npos) << part << " in\n" << what;
  }
}

}  // namespace
}  // namespace ffwd
