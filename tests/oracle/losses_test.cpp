// losses.json: losses of rows, gradients with respect to raw outputs, and predictions.
#include <gtest/gtest.h>

#include "oracle/network_case.h"

namespace ffwd {
namespace {

template <class T>
void check_loss(const OracleCase& c, const Tolerance& tolerance) {
  const Matrix y = matrix_from(c.inputs.at("y"));
  const OracleLoss<T> loss(c.spec.at("loss"), c.inputs.at("targets"), member_or_none(c.inputs, "sample_weights"));
  const auto result = loss.at(0, y);
  Checker check(c, tolerance);
  check.is("loss", result.loss);
  check.is("per_sample", result.per_row);
  check.is("grad", result.gradient);
  check.is("prediction", loss.prediction(y));
  EXPECT_EQ(check.faults(), "");
}

TEST(Oracle, Losses) {
  for (const OracleCase& c : oracle_cases().at("losses")) {
    ASSERT_EQ(c.kind, "loss") << c.id;
    check_loss<double>(c, {c.tol.at("rtol"), c.tol.at("atol"), c.tol.value("elementwise", false)});
    if (c.id.find("extreme") == std::string::npos) check_loss<float>(c, kFloat32Tolerance);
  }
}

}  // namespace
}  // namespace ffwd
