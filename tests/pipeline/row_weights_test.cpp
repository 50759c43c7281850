#include "pipeline/row_weights.h"

#include <cmath>
#include <limits>

#include "made_table.h"

namespace ffwd {
namespace {

std::string refusal(double weight) {
  Table table;
  table.add_numbers("w", {1, weight});
  const Fault fault = fault_of([&] { static_cast<void>(row_weights(table, "w", all_rows(table))); });
  EXPECT_EQ(fault.where, "table: row 2");
  return fault.what;
}

TEST(RowWeights, AreTheCellsOfTheColumn) {
  Table table;
  table.add_integers("w", {2, 0, 5});
  EXPECT_EQ(row_weights(table, "w", std::vector<RowIndex>{2, 1}), (std::vector<double>{5, 0}));
}

TEST(RowWeights, AreFiniteAndNotNegative) {
  EXPECT_EQ(refusal(-1), "column 'w': negative weight");
  EXPECT_EQ(refusal(std::nan("")), "column 'w': the weight is missing");
  EXPECT_EQ(refusal(std::numeric_limits<double>::infinity()), "column 'w': infinite weight");
  Table table;
  table.add_text("weight", {"heavy"});
  EXPECT_EQ(fault_of([&] { static_cast<void>(row_weights(table, "weight", all_rows(table))); }).what,
            "column 'weight': 'heavy' is no weight");
  EXPECT_EQ(fault_of([&] { static_cast<void>(row_weights(table, "wieght", all_rows(table))); }).what,
            "there is no column 'wieght' (did you mean 'weight'?)");
}

TEST(RowGroups, AreEqualWhereTheCellsAre) {
  Table table;
  table.add_text("g", {"a", "b", "a", kNone, kNone});
  EXPECT_EQ(row_groups(table, 0, all_rows(table)), (std::vector<std::uint32_t>{0, 1, 0, 2, 3}));
}

TEST(SharedGroup, IsOneThatTheGivenRowsAndTheOtherTableAreIn) {
  Table a, b;
  a.add_text("g", {"x", "y", kNone});
  b.add_text("g", {kNone, "z", "y"});
  EXPECT_EQ(shared_group(a, all_rows(a), b, "g"), "y");
  EXPECT_EQ(shared_group(a, std::vector<RowIndex>{0, 2}, b, "g"), std::nullopt) << "no cell is no group";
  EXPECT_EQ(shared_group(a, all_rows(a), b, "h"), std::nullopt);
}

}  // namespace
}  // namespace ffwd
