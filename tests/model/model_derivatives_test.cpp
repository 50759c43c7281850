#include "model/model_derivatives.h"

#include <gtest/gtest.h>

#include <cmath>

#include "ffwd/derivatives.h"

namespace ffwd {
namespace {

Table made_table(std::size_t rows) {
  Table table;
  std::vector<double> x(rows), z(rows), y(rows);
  std::vector<std::optional<std::string>> city(rows), big(rows);
  for (std::size_t i = 0; i < rows; ++i) {
    x[i] = std::sin(0.7 * static_cast<double>(i)) * 3 + 10;
    z[i] = std::cos(1.3 * static_cast<double>(i)) * 50;
    city[i] = i % 3 == 0 ? "Rome" : "Oslo";
    y[i] = x[i] * x[i] + 0.2 * z[i] + (i % 3 == 0 ? 4 : 0);
    big[i] = y[i] > 105 ? "yes" : "no";
  }
  table.add_numbers("x", x);
  table.add_numbers("z", z);
  table.add_text("city", city);
  table.add_numbers("y", y);
  table.add_text("big", big);
  return table;
}

Model made_model(const Table& table, const FitOptions& options) { return *fit(table, nullptr, nullptr, options).model; }

FitOptions options_of(const std::string& target, const std::string& drop) {
  FitOptions options;
  options.targets = {target};
  options.drop = {drop};
  options.hidden = "8 tanh, 4 softplus";
  options.precision = "float64";
  options.train.epochs = 30;
  return options;
}

Table moved(const Table& table, const std::string& column, double by) {
  Table to;
  for (const Column& c : table.columns()) {
    Column copy = c;
    for (double& value : copy.numbers) value += c.name == column ? by : 0;
    to.add(std::move(copy));
  }
  return to;
}

// Each answer's derivative with respect to each number of a row is that of a difference of two predictions.
void check_sensitivities(const Table& table, const FitOptions& options, const std::vector<std::string>& answers) {
  const Model model = made_model(table, options);
  const Sensitivities s = sensitivities(model, table);
  EXPECT_EQ(s.answers, answers);
  ASSERT_EQ(s.columns, (std::vector<std::string>{"x", "z"}));
  for (std::size_t c = 0; c < s.columns.size(); ++c) {
    const double h = 1e-4;
    const Matrix up = model.predict(moved(table, s.columns[c], h)).values;
    const Matrix down = model.predict(moved(table, s.columns[c], -h)).values;
    for (std::size_t n = 0; n < table.n_rows(); ++n) {
      for (std::size_t a = 0; a < answers.size(); ++a) {
        const double difference = (up(n, a) - down(n, a)) / (2 * h);
        EXPECT_NEAR(s.values(n, a * 2 + c), difference, 1e-6 * (1 + std::abs(difference)))
            << answers[a] << " row " << n;
      }
    }
  }
}

void check_sensitivities(const FitOptions& options, const std::vector<std::string>& answers) {
  check_sensitivities(made_table(120), options, answers);
}

TEST(Sensitivities, AreDerivativesOfPredictionsInTheColumnsOwnUnits) {
  check_sensitivities(options_of("y", "big"), {"prediction"});
}

TEST(Sensitivities, OfDistributionsAndOfClassesAreThoseOfEveryAnswer) {
  FitOptions spread = options_of("y", "big");
  spread.likelihood = "gaussian";
  check_sensitivities(spread, {"prediction", "sd"});
  FitOptions quantiles = options_of("y", "big");
  quantiles.likelihood = "quantile";
  check_sensitivities(quantiles, {"prediction", "quantile_0.1", "quantile_0.5", "quantile_0.9"});
  check_sensitivities(options_of("big", "y"), {"probability_no", "probability_yes"});
}

// Answers of several outputs, as classes and as targets, through the links that work on whole blocks.
TEST(Sensitivities, OfSeveralOutputsAreThoseOfEachAnswer) {
  Table table = made_table(120);
  std::vector<std::optional<std::string>> band(120);
  std::vector<double> count(120), other(120);
  for (std::size_t i = 0; i < 120; ++i) {
    const double y = table.column(3).numbers[i];
    band[i] = y < 90 ? "low" : y < 120 ? "mid" : "high";
    count[i] = std::floor(y / 20);
    other[i] = std::floor(y / 40);
  }
  Table more;
  more.add_numbers("x", table.column(0).numbers);
  more.add_numbers("z", table.column(1).numbers);
  more.add_text("band", band);
  more.add_numbers("count", count);
  more.add_numbers("other", other);
  FitOptions classes = options_of("band", "count");
  classes.drop = {"count", "other"};
  check_sensitivities(more, classes, {"probability_high", "probability_low", "probability_mid"});
  FitOptions counts = options_of("count", "band");
  counts.targets = {"count", "other"};
  counts.likelihood = "poisson";
  check_sensitivities(more, counts, {"count_prediction", "other_prediction"});
}

TEST(Sensitivities, GoThroughEveryNumericStep) {
  for (const char* step : {"robust", "robust_smooth_clip", "none"}) {
    SCOPED_TRACE(step);
    FitOptions options = options_of("y", "big");
    options.numeric = step;
    check_sensitivities(options, {"prediction"});
  }
}

TEST(LossGradient, IsThatOfTheMeanLossAndNamesItsTensors) {
  const Table table = made_table(120);
  const Model model = made_model(table, options_of("y", "big"));
  const LossGradient gradient = loss_gradient(model, table);
  ASSERT_EQ(gradient.tensors.size(), 6U);
  EXPECT_EQ(gradient.tensors[0].name, "hidden1.weight");
  EXPECT_EQ(gradient.tensors[0].values.size(), 8U * model.network().n_inputs());
  EXPECT_GT(gradient.loss, 0);
}

TEST(NetworkJacobian, HasAColumnForEachFeatureOfEachOutput) {
  const Table table = made_table(30);
  const Model model = made_model(made_table(120), options_of("y", "big"));
  const NetworkJacobian jacobian = network_jacobian(model, table);
  EXPECT_EQ(jacobian.n_outputs, 1U);
  EXPECT_EQ(jacobian.values.columns(), jacobian.features.size());
  EXPECT_EQ(jacobian.values.rows(), 30U);
}

}  // namespace
}  // namespace ffwd
