#include "file/read_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <thread>

#include "file/refused.h"

namespace ffwd {
namespace {

Fault refused_path(const std::string& path, std::uint64_t max_bytes = kMaxModelBytes) {
  Fault fault = refused([&] { (void)read_model_file(path, max_bytes); });
  EXPECT_EQ(fault.kind, ErrorKind::kModel);
  EXPECT_EQ(fault.where, path);
  EXPECT_EQ(fault.fix, "give a model file, one that 'ffwd train' wrote");
  return fault;
}

TEST(ReadFile, GivesEveryByteWhateverTheLength) {
  const TestFolder folder;
  for (const std::size_t length : {0U, 1U, 4096U, 1'048'576U, 1'048'577U, 3'000'000U}) {
    std::string bytes;
    for (std::size_t i = 0; i < length; ++i) bytes += static_cast<char>(i * 131 >> 3);
    std::ofstream(folder / "file", std::ios::binary) << bytes;
    EXPECT_TRUE(read_model_file(folder / "file") == bytes) << length;
  }
}

TEST(ReadFile, ReadsAPipeToItsEnd) {
  const TestFolder folder;
  const std::string path = folder / "pipe";
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  const std::string bytes(200'000, 'p');
  std::thread writer([&] { std::ofstream(path, std::ios::binary) << bytes; });
  EXPECT_TRUE(read_model_file(path) == bytes);
  writer.join();
}

TEST(ReadFile, SaysWhatCannotBeRead) {
  const TestFolder folder;
  EXPECT_EQ(refused_path(folder / "none.ffwd").what, "no such file");
  EXPECT_EQ(refused_path(folder / "").what, "a folder, not a model file");
  std::ofstream(folder / "file") << "0123456789";
  EXPECT_EQ(refused_path(folder / "file/x").what, "cannot be read: Not a directory");
  EXPECT_EQ(read_model_file(folder / "file", 10), "0123456789");
  EXPECT_EQ(refused_path(folder / "file", 9).what, "too large for a model file: more than 9 bytes");
  EXPECT_EQ(refused_path("/dev/zero", 5'000'000).what, "too large for a model file: more than 5000000 bytes");
}

}  // namespace
}  // namespace ffwd
