#include "table/csv_fault.h"

#include "reading.h"

namespace ffwd {
namespace {

TEST(CsvFault, IsRaisedWithItsPlace) {
  EXPECT_EQ(refusal([] { refuse("a/b.csv", {17, 4, "what is wrong", "how to mend it"}); }),
            "a/b.csv:17:4: what is wrong\n  how to mend it");
}

}  // namespace
}  // namespace ffwd
