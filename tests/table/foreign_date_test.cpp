#include "table/foreign_date.h"

#include <gtest/gtest.h>

#include <string>

namespace ffwd {
namespace {

TEST(ForeignDate, LooksLikeADateToAPerson) {
  for (const char* text : {"03/04/2021",
                           "3/4/2021",
                           "3/4/21",
                           "31/12/1999",
                           "12/31/1999",
                           "2021/04/03",
                           "2021/4/3",
                           "3.4.2021",
                           "03.04.21",
                           "03-04-2021",
                           "03-04-21",
                           "2021.04.03",
                           "12-Mar-21",
                           "12 Mar 2021",
                           "12 march 2021",
                           "March 12, 2021",
                           "Mar 12 2021",
                           "2021 Mar 12",
                           "2023-02-29",
                           "2024-1-1",
                           "03/04/2021 10:15",
                           "3.4.2021 10:15:30",
                           "12 Sept 2021 9:05 PM",
                           "2021/04/03T10:15",
                           "2024-01-01 24:00"})
    EXPECT_TRUE(looks_like_date(text)) << text;
}

TEST(ForeignDate, OtherTextsDoNot) {
  for (const char* text : {"",
                           "abc",
                           "1/2",
                           "3/4",
                           "1.2.3",
                           "1.10.12",
                           "192.168.1.1",
                           "10.0.0.255",
                           "45/67/2021",
                           "13/13/2021",
                           "2021-04",
                           "2021/13/40",
                           "12:30",
                           "12-345-678",
                           "555-12-3456",
                           "March",
                           "March 2021",
                           "Mar 45, 2021",
                           "Marathon 12, 2021",
                           "12 abc 2021",
                           "a b c",
                           "1/2/3/4",
                           "03/04/2021 and more",
                           "20210403",
                           "1,234.5",
                           "03/04-2021",
                           "May the 4th",
                           "///",
                           "- - -"})
    EXPECT_FALSE(looks_like_date(text)) << text;
  EXPECT_FALSE(looks_like_date("03/04/2021 10:15 " + std::string(100, 'x')));
}

}  // namespace
}  // namespace ffwd
