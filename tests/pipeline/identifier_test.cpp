#include "pipeline/identifier.h"

#include <gtest/gtest.h>

namespace ffwd {
namespace {

TEST(IdentifierName, IsWhatRowNumbersAreCalled) {
  for (const char* name : {"id", "ID", "Id", "index", "row", "row_number", "house_id", "House ID", "PassengerId",
                           "customerID", "Unnamed: 0", "__index_level_0__", "column_1", " id "})
    EXPECT_TRUE(is_identifier_name(name)) << name;
}

TEST(IdentifierName, IsNotWhatFeaturesAreCalled) {
  for (const char* name : {"x", "a", "year", "grid", "paid", "PAID", "acid", "idle", "price_index", "column_",
                           "columns", "column_a", "", "void"})
    EXPECT_FALSE(is_identifier_name(name)) << name;
}

}  // namespace
}  // namespace ffwd
