#include "model/usable_rows.h"

#include <gtest/gtest.h>

#include "support/fault_of.h"

namespace ffwd {
namespace {

const Table& half_filled() {
  static const Table table = read_csv("x,a,b\n1,2,\n2,,\n3,,5\n4,1,2\n", "t.csv");
  return table;
}

TEST(UsableRows, OfSeveralTargetsOneIsEnough) {
  const std::vector<std::string> both = {"a", "b"};
  const UsableRows usable = usable_rows(half_filled(), both, true);
  EXPECT_EQ(usable.rows, (std::vector<RowIndex>{0, 2, 3}));
  EXPECT_EQ(usable.n_holes, 2u);
}

TEST(UsableRows, ARowWithoutATargetIsAnErrorWithItsPlace) {
  const std::vector<std::size_t> both = {1, 2};
  const Fault train = fault_of([&] { static_cast<void>(usable_rows(half_filled(), both, false)); });
  EXPECT_EQ(train.what, "target 'a' is missing");
  EXPECT_EQ(train.where, "t.csv:3:2");
  EXPECT_NE(train.fix.find("--drop-missing-target"), std::string::npos);
}

TEST(UsableRows, TheTableMustHaveTheTargets) {
  const std::vector<std::string> names = {"a", "c"};
  EXPECT_NE(fault_of([&] { static_cast<void>(usable_rows(half_filled(), names, false)); }).what.find("'c'"),
            std::string::npos);
}

}  // namespace
}  // namespace ffwd
