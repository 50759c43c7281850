#include "pipeline/saved_column.h"

#include <cmath>

#include "made_table.h"

namespace ffwd {
namespace {

std::vector<double> rising(std::size_t n) {
  std::vector<double> values(n);
  std::iota(values.begin(), values.end(), 0.0);
  return values;
}

std::vector<double> read(const Json& json, ArrayShelf& shelf) {
  const JsonReader reader(json, "m.ffwd", "c");
  return SavedColumn{.name = "c", .type = ColumnType::kText, .json = reader, .shelf = shelf}.array("a");
}

TEST(SavedArray, StandsInTheTextUpToItsLimitAndBesideItBeyond) {
  for (const std::size_t n : {0u, 1u, 64u, 65u, 1000u}) {
    SCOPED_TRACE(n);
    Json json = Json::object();
    NamedArrays arrays;
    put_array(json, arrays, "c", "a", rising(n));
    EXPECT_EQ(json.contains("a"), n <= 64);
    EXPECT_EQ(arrays.contains("c.a"), n > 64);
    ArrayShelf shelf(arrays);
    EXPECT_EQ(read(json, shelf), rising(n));
    EXPECT_EQ(shelf.left(), "");
  }
}

TEST(SavedArray, HoldsAnyFiniteNumbers) {
  for (const std::size_t n : {3u, 65u}) {
    std::vector<double> values = rising(n);
    for (double& x : values) x = 0.1 - x * 1e300 / 65;
    Json json = Json::object();
    NamedArrays arrays;
    put_numbers(json, arrays, "c", "a", values);
    ArrayShelf shelf(arrays);
    EXPECT_EQ(read(json, shelf), values);
  }
}

TEST(SavedArray, IsRefusedInTheWrongPlace) {
  const NamedArrays few{{"c.a", rising(64)}}, none;
  ArrayShelf short_shelf(few), empty_shelf(none);
  EXPECT_EQ(fault_of([&] { read(Json::object(), short_shelf); }).what,
            "the model's 'c.a' is too short for a tensor of its own");
  const Json many = {{"a", rising(65)}};
  EXPECT_EQ(fault_of([&] { read(many, empty_shelf); }).what, "the model's 'c.a' is too long to stand outside a tensor");
}

TEST(SavedArray, IsRefusedInBothPlaces) {
  const NamedArrays arrays{{"c.a", rising(65)}};
  ArrayShelf shelf(arrays);
  const Json json = {{"a", {1}}};
  EXPECT_EQ(fault_of([&] { read(json, shelf); }).what, "the model's 'c.a' is there twice, in the text and as a tensor");
}

TEST(SavedArray, HoldsFiniteNumbersOnly) {
  std::vector<double> values = rising(65);
  values[3] = NAN;
  const NamedArrays arrays{{"c.a", values}}, none;
  ArrayShelf shelf(arrays), empty_shelf(none);
  EXPECT_EQ(fault_of([&] { read(Json::object(), shelf); }).what, "the model's 'c.a' must hold finite numbers");
  const Json text = {{"a", {"1"}}};
  EXPECT_EQ(fault_of([&] { read(text, empty_shelf); }).what, "the model's 'c.a' must be a list of numbers");
}

TEST(ArrayShelf, KnowsWhatNobodyTook) {
  const NamedArrays arrays{{"a", {1}}, {"b", {2}}};
  ArrayShelf shelf(arrays);
  EXPECT_EQ(shelf.take("c"), nullptr);
  EXPECT_EQ((*shelf.take("a"))[0], 1.0);
  EXPECT_EQ(shelf.left(), "b");
}

TEST(SavedScale, RefusesASpreadThatCannotBe) {
  for (const double sd : {0.0, -1.0, 1e-300}) {
    const Json json = {{"mean", 1}, {"sd", sd}};
    EXPECT_EQ(fault_of([&] { static_cast<void>(saved_scale(JsonReader(json, "m.ffwd", "c"))); }).what,
              "the model's 'c.sd' must be above 0");
  }
}

}  // namespace
}  // namespace ffwd
