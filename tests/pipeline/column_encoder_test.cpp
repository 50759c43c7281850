#include "pipeline/column_encoder.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/fault_of.h"

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

TEST(ColumnEncoders, EveryEncodingCanBeFittedOnATypeOfItsRow) {
  std::vector<std::string> names = encoding_names();
  for (const EncoderRow* row : encoders()) {
    if (row->encodings == nullptr) continue;
    for (const std::string& encoding : row->encodings()) {
      EXPECT_NE(std::ranges::find(names, encoding), names.end()) << encoding;
      for (const ColumnType type : row->types) require_encoding("c", type, encoding);
    }
  }
  std::ranges::sort(names);
  EXPECT_EQ(std::ranges::adjacent_find(names), names.end());
}

Fault refused(ColumnType type, const std::string& encoding) {
  return fault_of([&] { require_encoding("c", type, encoding); });
}

TEST(ColumnEncoders, EncodingsOfOtherTypesAreRefusedWithThoseThatFit) {
  const Fault text = refused(ColumnType::kText, "quantile");
  EXPECT_EQ(text.kind, ErrorKind::kUsage);
  EXPECT_EQ(text.what, "column 'c' is of type text, which has no encoding 'quantile'");
  EXPECT_EQ(text.fix, "give one_hot, one_hot_zeros, one_hot_missing or ordinal");
  EXPECT_TRUE(refused(ColumnType::kInteger, "ordinal:1,2")
                  .fix.ends_with("; --categorical 'c' makes categories of its numbers"));
  EXPECT_EQ(refused(ColumnType::kBoolean, "robust").fix, "give standard or none");
  EXPECT_EQ(refused(ColumnType::kDate, "standard").fix, "leave it out: there is nothing to choose for this type");
  EXPECT_EQ(refused(ColumnType::kNumber, "robust:1").what,
            "column 'c' is of type number, which has no encoding 'robust:1'");
}

}  // namespace
}  // namespace ffwd
