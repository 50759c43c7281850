#include "table/missing_marks.h"

#include <gtest/gtest.h>

namespace ffwd {
namespace {

TEST(MissingMarks, AreTheUsualOnesInAnyLetterCase) {
  const MissingMarks marks;
  for (const char* mark : {"", "NA", "na", "Na", "N/A", "n/a", "#N/A", "#n/a", "NaN", "nan", "NAN", "null", "NULL",
                           "None", "none", "?", "-"})
    EXPECT_TRUE(marks.contains(mark)) << mark;
  for (const char* text : {"0", "-1", "--", "N", "NAN0", "nil", "??", "missing", "n/a/", "#", ".", "N/A "})
    EXPECT_FALSE(marks.contains(text)) << text;
}

TEST(MissingMarks, GivenOnesReplaceTheUsualOnes) {
  const MissingMarks marks(std::vector<std::string>{"-999", "  Unknown ", "ü", std::string(100, 'x')});
  EXPECT_TRUE(marks.contains("-999"));
  EXPECT_TRUE(marks.contains("UNKNOWN"));
  EXPECT_TRUE(marks.contains("ü"));
  EXPECT_TRUE(marks.contains(std::string(100, 'X')));
  for (const char* text : {"", "NA", "?", "-", "-99", "-9999", "Ü"}) EXPECT_FALSE(marks.contains(text)) << text;
  EXPECT_FALSE(marks.contains(std::string(101, 'x')));
  EXPECT_FALSE(MissingMarks(std::vector<std::string>{}).contains(""));
  EXPECT_TRUE(MissingMarks(std::vector<std::string>{""}).contains(""));
}

}  // namespace
}  // namespace ffwd
