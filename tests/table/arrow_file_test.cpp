#include "table/arrow_file.h"

#include "reading.h"

namespace ffwd {
namespace {

using namespace std::string_view_literals;

TEST(ArrowFile, KindsAreToldByTheirFirstBytes) {
  EXPECT_EQ(arrow_kind_of_bytes("PAR1\x15\x04"sv), ArrowFileKind::kParquet);
  EXPECT_EQ(arrow_kind_of_bytes("PAR1"sv), ArrowFileKind::kParquet);
  EXPECT_EQ(arrow_kind_of_bytes("ARROW1\0\0"sv), ArrowFileKind::kArrow);
  EXPECT_EQ(arrow_kind_of_bytes("\xff\xff\xff\xff\x10\0\0\0"sv), ArrowFileKind::kArrowStream);
}

TEST(ArrowFile, AHeaderMayCallAColumnLikeIt) {
  for (const char* text : {"PAR1,PAR2\n1,2\n", "PAR1\n1\n", "PAR1\r\n", "PAR1\tb\n", "PAR10\n", "ARROW1\n", "", "PAR"})
    EXPECT_EQ(arrow_kind_of_bytes(text), std::nullopt) << text;
}

TEST(ArrowFile, KindsAreChosenByTheEnding) {
  EXPECT_EQ(arrow_kind_of_name("p.parquet"), ArrowFileKind::kParquet);
  EXPECT_EQ(arrow_kind_of_name("a/p.PARQUET"), ArrowFileKind::kParquet);
  EXPECT_EQ(arrow_kind_of_name("p.arrow"), ArrowFileKind::kArrow);
  EXPECT_EQ(arrow_kind_of_name("p.feather"), ArrowFileKind::kArrow);
  EXPECT_EQ(arrow_kind_of_name("p.arrows"), ArrowFileKind::kArrowStream);
  for (const char* name : {"p.csv", "p", "parquet", ".parquet", "p.parquet.gz"})
    EXPECT_EQ(arrow_kind_of_name(name), std::nullopt) << name;
}

#ifdef FFWD_HAS_ARROW

constexpr ArrowFileKind kAll[] = {ArrowFileKind::kParquet, ArrowFileKind::kArrow, ArrowFileKind::kArrowStream};

std::string written(ArrowFileKind kind, const Table& table) {
  std::string bytes;
  write_arrow_file(kind, table, "out", [&](std::string_view piece) { bytes += piece; });
  return bytes;
}

TEST(ArrowFile, ATableComesBackFromEveryKind) {
  const Table table = read_csv(
      "i,n,t,b,d,s,m\n1,0.5,a,true,2024-02-29,2024-02-29 "
      "10:00:00.25,\n,,,,,,\n3,inf,\"\",false,2023-01-01,1900-01-01 00:00:00,\n",
      "t.csv", {.missing = std::vector<std::string>{"", "NA"}});
  for (const ArrowFileKind kind : kAll) {
    const std::string bytes = written(kind, table);
    EXPECT_EQ(bytes, written(kind, table));
    EXPECT_EQ(arrow_kind_of_bytes(bytes), kind);
    const Table back = read_arrow_file(kind, bytes, "back", {});
    ASSERT_EQ(back.names(), table.names());
    for (std::size_t k = 0; k < table.n_columns(); ++k) {
      EXPECT_EQ(back.column(k).type, table.column(k).type);
      for (std::size_t row = 0; row < 3; ++row) EXPECT_EQ(back.column(k).cell(row), table.column(k).cell(row));
    }
  }
}

TEST(ArrowFile, ReadTableReadsThemWhateverTheyAreCalled) {
  const TestFolder folder;
  for (const ArrowFileKind kind : kAll) {
    const std::string path = folder.write("t.csv", written(kind, read_csv("a,b\n1,x\n", "t")));
    const Table table = read_table(path);
    EXPECT_EQ(table.column(0).integers[0], 1);
    EXPECT_EQ(table.where(0, 1), path + ": row 1");
  }
}

TEST(ArrowFile, EveryTruncationIsRefusedOrReadsLess) {
  const Table table = read_csv("a,b\n1,x\n2,yy\n3,\n", "t.csv");
  for (const ArrowFileKind kind : kAll) {
    const std::string bytes = written(kind, table);
    std::size_t n_refused = 0;
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      const std::string cut = bytes.substr(0, size);
      try {
        EXPECT_LE(read_arrow_file(kind, cut, "cut", {}).n_rows(), 3u);
      } catch (const Error& error) {
        EXPECT_EQ(error.kind(), ErrorKind::kData) << error.what();
        ++n_refused;
      }
    }
    // A stream may end wherever a message does; the others need their footer.
    EXPECT_GE(n_refused, kind == ArrowFileKind::kArrowStream ? bytes.size() / 2 : bytes.size());
  }
}

TEST(ArrowFile, DamageIsRefusedOrReadNeverACrash) {
  const Table table = read_csv("a,b,c\n1,x,true\n2,yy,\n3,,false\n", "t.csv");
  for (const ArrowFileKind kind : kAll) {
    const std::string bytes = written(kind, table);
    for (std::size_t at = 0; at < bytes.size(); ++at) {
      for (const char flip : {'\x01', '\x80', '\xff'}) {
        std::string bent = bytes;
        bent[at] = static_cast<char>(bent[at] ^ flip);
        try {
          static_cast<void>(read_arrow_file(kind, bent, "bent", {}));
        } catch (const Error& error) {
          EXPECT_EQ(error.kind(), ErrorKind::kData) << error.what();
        }
      }
    }
  }
}

TEST(ArrowFile, WhatIsNoSuchFileIsRefusedWithAReason) {
  for (const ArrowFileKind kind : kAll)
    EXPECT_EQ(refusal_line([&] { static_cast<void>(read_arrow_file(kind, "PAR1 and so on", "p", {})); }).substr(0, 19),
              "p: cannot be read: ");
}

#endif

}  // namespace
}  // namespace ffwd
