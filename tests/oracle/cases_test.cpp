// The vectors as a whole: every file has a test, and a test notices what does not agree.
#include <gtest/gtest.h>

#include "oracle/oracle_case.h"

namespace ffwd {
namespace {

TEST(Oracle, HasATestForEverySection) {
  const std::set<std::string> run = {"units",      "losses",      "networks", "dags", "derivatives",
                                     "optimizers", "convergence", "worked",   "init", "preprocessing"};
  std::set<std::string> ids;
  for (const auto& [section, cases] : oracle_cases()) {
    EXPECT_TRUE(run.contains(section)) << "no test runs the section '" << section << "'";
    for (const OracleCase& c : cases) EXPECT_TRUE(ids.insert(c.id).second) << c.id << " is there twice";
  }
  for (const std::string& section : run) EXPECT_TRUE(oracle_cases().contains(section)) << section << " is missing";
}

OracleCase made_case() {
  return {.section = "s",
          .id = "made",
          .kind = "k",
          .spec = {},
          .inputs = {},
          .expected = {{"y", {{1.0, 2.0}, {3.0, nullptr}}}, {"parts", {{"a", {4.0}}, {"b", {5.0}}}}},
          .tol = {{"rtol", 1e-10}, {"atol", 1e-13}}};
}

TEST(OracleChecker, NoticesAChangedNumberAMissingOneAndWhatWasPassedOver) {
  const OracleCase c = made_case();
  const double nan = std::nan("");
  const auto faults = [&](const std::vector<double>& y, double a, bool all) {
    Checker check(c);
    check.is("y", y);
    check.is("parts", "a", std::vector<double>{a});
    if (all) check.is("parts", "b", std::vector<double>{5.0});
    return check.faults();
  };
  EXPECT_EQ(faults({1, 2, 3, nan}, 4, true), "");
  EXPECT_NE(faults({1, 2, 3 + 1e-8, nan}, 4, true), "");
  EXPECT_NE(faults({1, 2, 3, 0}, 4, true), "");
  EXPECT_NE(faults({1, 2, nan, nan}, 4, true), "");
  EXPECT_NE(faults({1, 2, 3}, 4, true), "");
  EXPECT_NE(faults({1, 2, 3, nan}, 4.1, true), "");
  EXPECT_NE(faults({1, 2, 3, nan}, 4, false).find("parts.b was not compared"), std::string::npos);
}

}  // namespace
}  // namespace ffwd
