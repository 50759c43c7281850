#include "pipeline/column_encoder.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace ffwd {
namespace {

TEST(ColumnEncoders, EveryTypeWithValuesHasOneThatIsFitted) {
  for (int k = 0; k <= static_cast<int>(ColumnType::kTimestamp); ++k) {
    const auto type = static_cast<ColumnType>(k);
    SCOPED_TRACE(to_string(type));
    const auto takes = [&](const EncoderRow* row) {
      return row->fit != nullptr && std::ranges::find(row->types, type) != row->types.end();
    };
    EXPECT_EQ(std::ranges::count_if(encoders(), takes), type == ColumnType::kMissing ? 0 : 1);
    EXPECT_EQ(encoder_for(type) == nullptr, type == ColumnType::kMissing);
  }
}

TEST(ColumnEncoders, EveryRowIsWhole) {
  for (const EncoderRow* row : encoders()) {
    SCOPED_TRACE(row->name);
    EXPECT_FALSE(row->name.empty());
    EXPECT_FALSE(row->summary.empty());
    EXPECT_FALSE(row->types.empty());
    EXPECT_NE(row->from_json, nullptr);
  }
}

}  // namespace
}  // namespace ffwd
