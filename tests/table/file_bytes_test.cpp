#include "table/file_bytes.h"

#include <sys/stat.h>

#include <thread>

#include "packing.h"
#include "reading.h"

namespace ffwd {
namespace {

TEST(FileBytes, AreThoseOfTheFile) {
  const TestFolder folder;
  using namespace std::string_view_literals;
  for (const std::string_view bytes : {""sv, "a,b\n"sv, "\0\xff\r\n"sv})
    EXPECT_EQ(read_file(folder.write("t.csv", bytes)).view(), bytes);
  const std::string large(3'000'000, 'x');
  EXPECT_EQ(read_file(folder.write("large.csv", large)).view(), large);
}

TEST(FileBytes, AreUnpackedByTheEndingOfTheName) {
  const TestFolder folder;
  EXPECT_EQ(read_file(folder.write("t.csv.gz", gzip("a,b\n"))).view(), "a,b\n");
  EXPECT_EQ(read_file(folder.write("T.CSV.GZ", gzip("a,b\n"))).view(), "a,b\n");
  EXPECT_EQ(read_file(folder.write("t.csv.zst", zstd("a,b\n"))).view(), "a,b\n");
  EXPECT_EQ(read_file(folder.write("gz", "a,b\n")).view(), "a,b\n");
  const std::string path = folder.write("bad.csv.gz", "a,b\n");
  EXPECT_EQ(refusal_line([&] { (void)read_file(path); }), path + ": is named .gz but is not a gzip archive");
}

TEST(FileBytes, TheNameSaysWhetherTheyArePacked) {
  for (const char* path : {"t.csv.gz", "T.GZ", "a/t.zst"}) EXPECT_TRUE(is_packed(path));
  for (const char* path : {"t.csv", ".gz", "gz", "t.gz.csv"}) EXPECT_FALSE(is_packed(path));
}

TEST(FileBytes, MayComeFromAPipe) {
  const TestFolder folder;
  const std::string path = folder.path() + "/pipe";
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  const std::string text(200'000, 'y');
  std::thread writer([&] { std::ofstream(path) << text; });
  EXPECT_EQ(read_file(path).view(), text);
  writer.join();
}

TEST(FileBytes, WhatCannotBeReadIsRefusedWithTheReason) {
  const TestFolder folder;
  const std::string none = folder.path() + "/none.csv";
  EXPECT_EQ(refusal([&] { (void)read_file(none); }), none + ": no such file\n  check the name and the folder");
  EXPECT_EQ(refusal_line([&] { (void)read_file(folder.write("t.csv", "") + "/x.csv"); }),
            folder.path() + "/t.csv/x.csv: no such file");
  EXPECT_EQ(refusal([&] { (void)read_file(folder.path()); }),
            folder.path() + ": is a folder, not a file\n  name a file in it");
  EXPECT_EQ(refusal_line([] { (void)read_file(""); }), "no such file");
  const std::string long_name(5000, 'x');
  EXPECT_NE(refusal_line([&] { (void)read_file(long_name); }).find("cannot be read: "), std::string::npos);
}

TEST(FileBytes, AFileThatFailsWhileItIsReadIsRefused) {
  // Linux gives an error at the first byte of it: there is nothing at address 0.
  EXPECT_EQ(refusal_line([] { (void)read_file("/proc/self/mem"); }),
            "/proc/self/mem: cannot be read: Input/output error");
}

}  // namespace
}  // namespace ffwd
