#include "table/csv_header.h"

#include "reading.h"

namespace ffwd {
namespace {

using Names = std::vector<std::string>;

CsvStructure structure_of(std::string_view text) {
  const PaddedBytes bytes(text);
  return read_structure({.text = bytes.view(), .source = "t.csv"});
}

Names names_of(std::string_view text, Names& warnings) { return name_columns(structure_of(text), "t.csv", warnings); }

TEST(CsvHeader, NamesAreTakenAsWritten) {
  Names warnings;
  EXPECT_EQ(names_of("größe, a b ,\"  c\"\n1,2,3\n", warnings), (Names{"größe", "a b", "  c"}));
  EXPECT_EQ(warnings, Names{});
}

TEST(CsvHeader, NamelessColumnsGetNames) {
  Names warnings;
  EXPECT_EQ(names_of(",a\n0,1\n", warnings), (Names{"column_1", "a"}));
  EXPECT_EQ(warnings, Names{"column 1 has no name; called 'column_1'"});
  warnings.clear();
  EXPECT_EQ(names_of(",a,\"  \",\n0,1,2,3\n", warnings), (Names{"column_1", "a", "column_3", "column_4"}));
  EXPECT_EQ(warnings, Names{"columns 1, 3 and 4 have no names; called 'column_1' and so on"});
}

TEST(CsvHeader, ANamelessEmptyLastColumnIsLeftOut) {
  Names warnings;
  EXPECT_EQ(names_of("a,b,\n1,2,\n3,4,\"\"\n", warnings), (Names{"a", "b"}));
  EXPECT_EQ(warnings, Names{"column 3: no name and no values, left out (trailing delimiter)"});
  EXPECT_EQ(names_of("a,b,\n1,2,NA\n", warnings).size(), 3u);
  EXPECT_EQ(names_of("\"\"\n\"\"\n", warnings), Names{"column_1"});
}

TEST(CsvHeader, EqualNamesAreRefusedAtTheSecond) {
  EXPECT_EQ(refusal([] {
              Names warnings;
              names_of("\"a\nb\",c,\"a\nb\"\n1,2,3\n", warnings);
            }),
            "t.csv:2:3: duplicate column name 'a?b' (also column 1)\n  give each column a name of its own");
  Names warnings;
  EXPECT_EQ(names_of("a,A,á\n1,2,3\n", warnings), (Names{"a", "A", "á"}));  // compared byte for byte
  EXPECT_EQ(refusal_line([&] { names_of("column_2,\n1,2\n", warnings); }),
            "t.csv:1:2: duplicate column name 'column_2' (also column 1)");
}

TEST(CsvHeader, AHeaderOfNumbersIsAWarning) {
  Names warnings;
  EXPECT_EQ(names_of("1,2.5\n3,4\n", warnings), (Names{"1", "2.5"}));
  EXPECT_EQ(warnings,
            Names{"the header looks like data: every name is a number; the first line must name the columns"});
  warnings.clear();
  names_of("1,inf\n3,4\n", warnings);
  names_of("1,a\n3,4\n", warnings);
  EXPECT_EQ(warnings, Names{});
}

}  // namespace
}  // namespace ffwd
