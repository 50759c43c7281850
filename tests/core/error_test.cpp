#include "ffwd/error.h"

#include <gtest/gtest.h>

#include "core/raise.h"

namespace ffwd {
namespace {

TEST(Error, SaysWhereWhatAndHowToMend) {
  const Error error(
      {ErrorKind::kData, "column 'age' holds an infinite number", "customers.csv:118:4", "mend the cell"});
  EXPECT_STREQ(error.what(), "customers.csv:118:4: column 'age' holds an infinite number\n  mend the cell");
  EXPECT_EQ(static_cast<int>(error.kind()), 3);
}

TEST(Error, RaiseThrowsTheFaultItIsGiven) {
  try {
    raise({.kind = ErrorKind::kUsage, .what = "no", .where = "", .fix = ""});
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(), "no");
    EXPECT_EQ(error.fault().kind, ErrorKind::kUsage);
    return;
  }
  FAIL();
}

}  // namespace
}  // namespace ffwd
