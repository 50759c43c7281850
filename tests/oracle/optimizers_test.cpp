// optimizers.json: every update of every rule, and what the objective was before it.
#include <gtest/gtest.h>

#include <set>

#include "optim/clip.h"
#include "optim/optimizer.h"
#include "optim/schedule.h"
#include "oracle/network_case.h"

namespace ffwd {
namespace {

OptimizerOptions options_from(const Json& spec) {
  OptimizerOptions o;
  const std::string kind = spec.at("kind");
  if (kind == "sgd" || kind == "rmsprop") o.momentum = spec.value("momentum", 0.0);
  o.nesterov = spec.value("nesterov", false);
  if (kind == "adamw") o.weight_decay = spec.at("weight_decay").get<double>();
  if (spec.contains("betas")) {
    o.beta1 = spec.at("betas")[0].get<double>();
    o.beta2 = spec.at("betas")[1].get<double>();
  }
  if (spec.contains("eps")) o.epsilon = spec.at("eps").get<double>();
  o.amsgrad = spec.value("amsgrad", false);
  if (spec.contains("alpha")) o.rms_decay = spec.at("alpha").get<double>();
  o.centered = spec.value("centered", false);
  if (kind == "adagrad") {
    o.initial_accumulator = spec.value("initial_accumulator", 0.0);
    o.rate_decay = spec.value("lr_decay", 0.0);
  }
  return o;
}

void expect_known(const OracleCase& c) {
  static const std::set<std::string> kKnown = {"kind",         "lr",       "momentum", "nesterov",
                                               "weight_decay", "betas",    "eps",      "amsgrad",
                                               "alpha",        "centered", "lr_decay", "initial_accumulator",
                                               "clip_norm",    "rate",     "per"};
  for (const auto& [key, value] : c.spec.at("optimizer").items()) {
    EXPECT_TRUE(kKnown.contains(key)) << c.id << ": " << key << " is not run";
  }
}

/// The rows of each update: those that are listed, or all of them, 20 times.
struct Batches {
  std::vector<std::vector<std::size_t>> rows;
  std::size_t per_epoch = 1;

  Batches(const Json& json, std::size_t n) {
    if (json.is_null()) {
      std::vector<std::size_t> all(n);
      for (std::size_t i = 0; i < n; ++i) all[i] = i;
      rows.assign(20, all);
      return;
    }
    per_epoch = 0;
    for (const Json& batch : json) {
      rows.push_back(batch.at("rows"));
      if (batch.at("epoch") == json[0].at("epoch")) ++per_epoch;
    }
  }
};

Json picked(const Json& list, const std::vector<std::size_t>& rows) {
  Json some = Json::array();
  for (const std::size_t row : rows) some.push_back(list.at(row));
  return some;
}

Matrix picked(const Matrix& x, const std::vector<std::size_t>& rows) {
  Matrix some(rows.size(), x.columns());
  for (std::size_t i = 0; i < rows.size(); ++i) std::ranges::copy(x.row(rows[i]), some.row(i).begin());
  return some;
}

class Trajectory {
 public:
  explicit Trajectory(const OracleCase& c)
      : case_(c),
        network_(spec_from(c.spec)),
        layout_(compile<double>(network_, 1).layout()),
        parameters_(parameters_from<double>(layout_, c.inputs.at("params"))),
        penalties_(penalties_from(c.spec)),
        x_(rows_from(network_, c.inputs.at("x"))) {}

  void check() {
    const Json& spec = case_.spec.at("optimizer");
    const Batches batches(case_.inputs.at("batches"), x_.rows());
    const OptimizerRow* const row = find_row(optimizers(), spec.at("kind").get<std::string>());
    ASSERT_NE(row, nullptr) << case_.id;
    const auto optimizer = make_optimizer<double>(*row, layout_.size(), options_from(spec));
    const bool inverse = spec.value("rate", "") == "inverse";
    const auto schedule = make_schedule(*find_row(schedules(), inverse ? "inverse" : "constant"),
                                        {.per_update = spec.value("per", "") == "update"});
    Checker check(case_);
    std::vector<double> before, rates;
    ASSERT_EQ(batches.rows.size(), case_.expected.at("trajectory").size()) << case_.id;
    for (std::size_t r = 0; r < batches.rows.size(); ++r) {
      rates.push_back(
          spec.at("lr").get<double>() *
          schedule->factor({.step = r, .steps = batches.rows.size(), .steps_per_epoch = batches.per_epoch}));
      auto [value, gradient] = objective(batches.rows[r]);
      before.push_back(value);
      if (spec.contains("clip_norm")) clip_norm(gradient.size(), spec.at("clip_norm").get<double>(), gradient.data());
      optimizer->step(parameters_.data(), gradient.data(), rates.back());
      check_update(r, check);
    }
    std::vector<std::size_t> all(x_.rows());
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
    check.is("objective_before_update", before);
    check.is("rates", rates);
    check.is("final_objective_full", objective(all).first);
    EXPECT_EQ(check.faults(), "");
  }

 private:
  std::pair<double, AlignedVector<double>> objective(const std::vector<std::size_t>& rows) const {
    const Json weights = member_or_none(case_.inputs, "sample_weights");
    OracleLoss<double> loss(case_.spec.at("loss"), picked(case_.inputs.at("targets"), rows),
                            weights.empty() ? weights : picked(weights, rows));
    loss.set_outputs(network_.n_outputs());
    const Derivatives<double> at(network_, parameters_.data());
    const Matrix x = picked(x_, rows);
    const double value =
        loss.at(0, at.outputs(x)).loss + penalty_value<double>(penalties_, layout_, parameters_.data());
    auto gradient = at.gradient(x, loss.rule()).parameters;
    add_penalty_gradient<double>(penalties_, layout_, parameters_.data(), gradient.data());
    return {value, std::move(gradient)};
  }

  void check_update(std::size_t r, Checker& check) const {
    const Json& expected = case_.expected.at("trajectory")[r];
    EXPECT_EQ(expected.size(), layout_.ranges().size()) << case_.id;
    for (const ParameterRange& range : layout_.ranges()) {
      std::vector<double> values(range.n_values());
      layout_.read(range, parameters_.data(), std::span<double>(values));
      const std::string name = oracle_name(range.name);
      check.is_part("trajectory", "after update " + std::to_string(r + 1) + ", " + name, expected.at(name), values);
    }
  }

  const OracleCase& case_;
  NetworkSpec network_;
  ParameterLayout layout_;
  AlignedVector<double> parameters_;
  std::vector<Penalty> penalties_;
  Matrix x_;
};

TEST(Oracle, Optimizers) {
  for (const OracleCase& c : oracle_cases().at("optimizers")) {
    ASSERT_EQ(c.kind, "optimizer") << c.id;
    expect_known(c);
    Trajectory(c).check();
  }
}

}  // namespace
}  // namespace ffwd
