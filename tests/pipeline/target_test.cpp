#include "pipeline/target.h"

#include <cmath>

#include "made_table.h"

namespace ffwd {
namespace {

struct Made {
  Target target;
  std::vector<std::string> warnings;
};

Made made(const Table& table, Task task, std::size_t n_train) {
  std::vector<std::string> warnings;
  Target target = Target::fit(table, 0, task, all_rows(table), first_rows(n_train), warnings);
  return {std::move(target), std::move(warnings)};
}

Fault fault_of_fitting(const Table& table, Task task, const std::vector<RowIndex>& rows) {
  std::vector<std::string> warnings;
  return fault_of([&] { static_cast<void>(Target::fit(table, 0, task, rows, rows, warnings)); });
}

Table prices() {
  Table table;
  table.add_numbers("price", {100, 300, 1e6});
  return table;
}

TEST(RegressionTarget, IsStandardisedByTheTrainingRowsAndBack) {
  const Table table = prices();
  const Target target = made(table, Task::kRegression, 2).target;
  EXPECT_EQ(target.name(), "price");
  const std::vector<double> truth = target.truth(table, all_rows(table));
  EXPECT_EQ(truth, (std::vector<double>{100, 300, 1e6}));
  EXPECT_EQ(target.encode(100), -1);
  EXPECT_EQ(target.encode(1e6), 9998);
  EXPECT_TRUE(std::isnan(target.encode(std::nan(""))));
  EXPECT_EQ(target.decode(0.5), 250);
  EXPECT_EQ(target.decode(9998), 1e6);
  EXPECT_EQ(target.decode_spread(0.5), 50);
}

TEST(CountTarget, KeepsItsZeroAndIsDividedByItsMean) {
  Table table;
  table.add_numbers("n", {0, 4, 2, 1000});
  std::vector<std::string> warnings;
  const Target target = Target::fit(table, 0, Task::kRegression, all_rows(table), first_rows(3), warnings,
                                    Holes::kRefused, Values::kCounts);
  EXPECT_EQ(target.encode(0), 0);
  EXPECT_EQ(target.encode(1000), 500);
  EXPECT_EQ(target.decode(1.5), 3);
  const Json saved = target.to_json();
  const Target again = Target::from_json(JsonReader(saved, "m.ffwd", ""), Task::kRegression, Values::kCounts);
  EXPECT_EQ(again.decode(1.5), 3);
  Json moved = saved;
  moved["mean"] = 1;
  EXPECT_THROW(
      static_cast<void>(Target::from_json(JsonReader(moved, "m.ffwd", ""), Task::kRegression, Values::kCounts)), Error);
}

TEST(CountTarget, RefusesWhatIsNoCountWithItsPlace) {
  for (const double wrong : {-1.0, 2.5}) {
    Table table;
    table.add_numbers("n", {0, 4, wrong});
    std::vector<std::string> warnings;
    const Fault fault = fault_of([&] {
      static_cast<void>(Target::fit(table, 0, Task::kRegression, all_rows(table), all_rows(table), warnings,
                                    Holes::kRefused, Values::kCounts));
    });
    EXPECT_NE(fault.what.find("is no count"), std::string::npos) << fault.what;
    EXPECT_FALSE(fault.where.empty());
    EXPECT_NE(fault.fix.find("whole numbers of at least 0"), std::string::npos);
  }
}

TEST(RegressionTarget, ReadsIntegersAndBooleans) {
  Table integers, booleans;
  integers.add_integers("y", {1, 2});
  add_typed(booleans, "y", ColumnType::kBoolean, {"true", "false"});
  EXPECT_EQ(made(integers, Task::kRegression, 2).target.truth(integers, all_rows(integers)),
            (std::vector<double>{1, 2}));
  EXPECT_EQ(made(booleans, Task::kRegression, 2).target.truth(booleans, all_rows(booleans)),
            (std::vector<double>{1, 0}));
}

TEST(RegressionTarget, ThatIsConstantWarns) {
  const Table table = prices();
  const Made one = made(table, Task::kRegression, 1);
  EXPECT_EQ(one.warnings, std::vector<std::string>{
                              "target 'price' is constant (100) in the training rows: there is nothing to learn"});
  EXPECT_EQ(one.target.decode(0.0), 100.0);
}

TEST(RegressionTarget, NamesTheFirstCellThatIsMissingOrInfinite) {
  Table table;
  table.source = "t";
  table.add_numbers("y", {1, std::nan(""), INFINITY});
  const Fault missing = fault_of_fitting(table, Task::kRegression, {2, 1, 0});
  EXPECT_EQ(missing.what, "target 'y' is missing");
  EXPECT_EQ(missing.where, "t: row 2");
  EXPECT_NE(missing.fix.find("--drop-missing-target"), std::string::npos);
  EXPECT_EQ(fault_of_fitting(table, Task::kRegression, {0, 2}).what, "target 'y': infinite number");
}

TEST(RegressionTarget, RefusesTextWhenFittedAndWhenMeasured) {
  Table table;
  table.add_text("price", {"12", "cheap"});
  EXPECT_EQ(fault_of_fitting(table, Task::kRegression, {0, 1}).what,
            "target 'price' is of type text ('cheap'), regression needs a number");
  const Target target = made(prices(), Task::kRegression, 2).target;
  const Fault fault = fault_of([&] { static_cast<void>(target.truth(table, all_rows(table))); });
  EXPECT_EQ(fault.what, "column 'price': 'cheap' is not a number");
  EXPECT_EQ(fault.where, "table: row 2");
}

TEST(Target, ThatTheTableDoesNotHaveIsNamed) {
  Table table;
  table.add_numbers("prise", {1});
  const Target target = made(prices(), Task::kRegression, 2).target;
  EXPECT_EQ(fault_of([&] { static_cast<void>(target.truth(table, first_rows(1))); }).what,
            "there is no column 'price' (did you mean 'prise'?)");
}

TEST(RegressionTarget, MayHaveHolesWhereTheyAreAllowed) {
  Table table;
  table.add_numbers("y", {1, std::nan(""), 3, 100});
  EXPECT_EQ(fault_of_fitting(table, Task::kRegression, all_rows(table)).where, "table: row 2");
  std::vector<std::string> warnings;
  const Target target =
      Target::fit(table, 0, Task::kRegression, all_rows(table), first_rows(3), warnings, Holes::kAllowed);
  EXPECT_EQ(target.encode(3), 1) << "mean and sd of 1 and 3";
  EXPECT_TRUE(std::isnan(target.truth(table, all_rows(table), Holes::kAllowed)[1]));
  const std::vector<RowIndex> hole{1};
  EXPECT_EQ(
      fault_of([&] {
        static_cast<void>(Target::fit(table, 0, Task::kRegression, all_rows(table), hole, warnings, Holes::kAllowed));
      }).what,
      "target 'y' has no value in the training rows");
}

TEST(ClassTarget, OfTwoClassesIsBinary) {
  Table table;
  table.add_text("y", {"no", "yes", "yes", "no"});
  const Target target = made(table, Task::kBinary, 4).target;
  EXPECT_EQ(target.task(), Task::kBinary);
  EXPECT_EQ(target.classes(), (std::vector<std::string>{"no", "yes"}));
  EXPECT_EQ(target.truth(table, all_rows(table)), (std::vector<double>{0, 1, 1, 0}));
  EXPECT_EQ(target.encode(1), 1) << "class numbers stay";
}

TEST(ClassTarget, OfThreeClassesNumbersThemInTheirOrder) {
  Table table;
  table.add_integers("y", {30, 4, 5});
  const Target target = made(table, Task::kMulticlass, 3).target;
  EXPECT_EQ(target.classes(), (std::vector<std::string>{"4", "5", "30"}));
  EXPECT_EQ(target.truth(table, all_rows(table)), (std::vector<double>{2, 0, 1}));
}

TEST(ClassTarget, CountsItsClassesItself) {
  Table table;
  table.add_text("y", {"a", "b", "c"});
  std::vector<std::string> warnings;
  EXPECT_EQ(Target::fit(table, 0, Task::kMulticlass, first_rows(2), first_rows(2), warnings).task(), Task::kBinary);
  EXPECT_EQ(fault_of_fitting(table, Task::kMulticlass, {1}).what, "target 'y' has one class only: 'b'");
}

TEST(ClassTarget, RefusesMissingAndUnknownClassesWithTheirPlace) {
  Table table, later;
  table.add_text("y", {"no", "yes"});
  later.add_text("y", {"yes", "maybe", kNone});
  const Target target = made(table, Task::kBinary, 2).target;
  const Fault unknown = fault_of([&] { static_cast<void>(target.truth(later, all_rows(later))); });
  EXPECT_EQ(unknown.kind, ErrorKind::kData);
  EXPECT_EQ(unknown.what, "target 'y': 'maybe' is no class of the model");
  EXPECT_EQ(unknown.where, "table: row 2");
  EXPECT_EQ(unknown.fix, "its classes are 'no' and 'yes'; mend the cell, or remove the row");
  const std::vector<RowIndex> last{2};
  EXPECT_EQ(fault_of([&] { static_cast<void>(target.truth(later, last)); }).what, "target 'y' is missing");
  EXPECT_EQ(fault_of_fitting(later, Task::kBinary, {0, 1, 2}).where, "table: row 3");
}

TEST(ClassTarget, RefusesInfiniteNumbers) {
  Table table;
  table.add_numbers("y", {1, 2, INFINITY});
  EXPECT_EQ(fault_of_fitting(table, Task::kMulticlass, {0, 1, 2}).what, "target 'y': infinite number");
}

TEST(ClassTarget, WarnsOfClassesThatLookLikeAQuantity) {
  std::vector<std::int64_t> values(30);
  std::iota(values.begin(), values.end(), 0);
  Table table;
  table.add_integers("y", values);
  EXPECT_EQ(
      made(table, Task::kMulticlass, 30).warnings,
      std::vector<std::string>{"target 'y' has 30 classes in 30 rows; a quantity is predicted with --task regression"});
}

TEST(ClassTarget, WarnsOfAClassWithoutTrainingRows) {
  Table table;
  table.add_text("y", {"a", "b", "c"});
  EXPECT_EQ(made(table, Task::kMulticlass, 2).warnings,
            std::vector<std::string>{"target 'y': no training row is of class 'c', so it cannot be learnt"});
}

}  // namespace
}  // namespace ffwd
