#include "table/file_kind.h"

#include "reading.h"

namespace ffwd {
namespace {

std::string refused(std::string_view bytes) {
  return refusal([&] { refuse_other_kinds(bytes, "t.csv"); });
}

TEST(FileKind, OtherKindsOfFilesAreRefusedByName) {
  EXPECT_EQ(refused("\xff\xfe"
                    "a"),
            "t.csv:1:1: the file is UTF-16 text, and only UTF-8 is read\n  save it with the encoding UTF-8");
  EXPECT_EQ(refused("\xfe\xff").substr(0, 30), "t.csv:1:1: the file is UTF-16 ");
  EXPECT_EQ(refused("\x1f\x8b\x08"), "t.csv:1:1: the file is a gzip archive, not CSV text\n  give it the ending .gz");
  EXPECT_EQ(refused("\x28\xb5\x2f\xfd"),
            "t.csv:1:1: the file is a zstd archive, not CSV text\n  give it the ending .zst");
  EXPECT_EQ(refused("PAR1\x15"),
            "t.csv:1:1: the text is a Parquet or Arrow file, not CSV\n  read it as a file, or save the table as CSV");
  EXPECT_EQ(refused(std::string_view("\x10\0\0\0\0\0\0\0{}", 10)).substr(0, 42),
            "t.csv:1:1: the file is a model, not a tabl");
  EXPECT_EQ(refused("PK\x03\x04").substr(0, 40), "t.csv:1:1: the file is a zip archive or ");
}

TEST(FileKind, TextsAreNot) {
  for (const char* text : {"", "a,b\n",
                           "\xef\xbb\xbf"
                           "a",
                           "PARTY,1\n", "PAR1,1\n", "PK,x\n", "\xff"})
    EXPECT_NO_THROW(refuse_other_kinds(text, "t.csv")) << text;
}

}  // namespace
}  // namespace ffwd
