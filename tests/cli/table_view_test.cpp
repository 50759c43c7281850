#include "cli/table_view.h"

#include <gtest/gtest.h>

#include "cli/fake_console.h"

namespace ffwd {
namespace {

TEST(TableView, EveryTypeShowsWhatItHolds) {
  FakeConsole fake;
  print_columns(fake.console, read_csv("id,n,x,ok,day,empty,kind\n"
                                       "a,3,0.5,true,2024-03-01,,flat\n"
                                       "b,,-1e9,false,1999-12-31,,flat\n"
                                       "c,-7,NA,true,,,loft\n",
                                       "t.csv"));
  EXPECT_EQ(fake.out.str(),
            "  column  type     missing  range or most frequent values\n"
            "  id      text           0  3 values, each once: a, b, c\n"
            "  n       integer        1  -7 … 3\n"
            "  x       number         1  -1e+09 … 0.5\n"
            "  ok      boolean        0  2 values: true (2), false (1)\n"
            "  day     date           1  1999-12-31 … 2024-03-01\n"
            "  empty   missing        3\n"
            "  kind    text           0  2 values: flat (2), loft (1)\n");
}

TEST(TableView, ManyLevelsAreCutShort) {
  FakeConsole fake;
  print_columns(fake.console, read_csv("k\nb\na\na\nc\nd\ne\n", "t.csv"));
  EXPECT_NE(fake.out.str().find("5 values: a (2), b (1), c (1), d (1), …\n"), std::string::npos) << fake.out.str();
}

TEST(TableView, TimestampsCompareByTheirInstant) {
  FakeConsole fake;
  print_columns(fake.console, read_csv("t\n2024-01-01 10:00\n2024-01-01T09:59\n2024-01-01\n", "t.csv"));
  EXPECT_NE(fake.out.str().find("2024-01-01 … 2024-01-01 10:00\n"), std::string::npos) << fake.out.str();
}

}  // namespace
}  // namespace ffwd
