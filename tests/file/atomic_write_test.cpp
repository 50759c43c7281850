#include "file/atomic_write.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <thread>

#include "file/refused.h"

namespace ffwd {
namespace {

namespace fs = std::filesystem;

Fault refused_path(const std::string& path) {
  Fault fault = refused([&] { write_file(path, "new"); });
  EXPECT_EQ(fault.kind, ErrorKind::kOutput);
  EXPECT_EQ(refused([&] { check_writable(path); }).what, fault.what);
  EXPECT_FALSE(fault.fix.empty());
  return fault;
}

mode_t mode_of(const std::string& path) {
  struct stat status{};
  EXPECT_EQ(stat(path.c_str(), &status), 0);
  return status.st_mode & 07777;
}

TEST(AtomicWrite, WritesANewFileAndReplacesAnEarlierOneLeavingNothingElse) {
  const TestFolder folder;
  const std::string path = folder / "m.ffwd";
  check_writable(path);
  EXPECT_EQ(folder.n_entries(), 0U);
  for (const std::string& bytes : {std::string("one"), std::string(3'000'000, 'x'), std::string()}) {
    write_file(path, bytes);
    EXPECT_TRUE(content_of(path) == bytes);
    EXPECT_EQ(folder.n_entries(), 1U);
  }
}

TEST(AtomicWrite, NothingIsSeenBeforeTheCommitAndNothingRemainsWithoutOne) {
  const TestFolder folder;
  const std::string path = folder / "m.ffwd";
  write_file(path, "earlier");
  {
    AtomicFile file(path), beside(path);
    file.write("half");
    beside.write("another");
    EXPECT_EQ(content_of(path), "earlier");
    EXPECT_EQ(folder.n_entries(), 3U);
  }
  EXPECT_EQ(content_of(path), "earlier");
  EXPECT_EQ(folder.n_entries(), 1U);
}

TEST(AtomicWrite, KeepsThePermissionsOfAnEarlierFileAndElseFollowsTheUmask) {
  const TestFolder folder;
  const mode_t before = umask(027);
  write_file(folder / "new", "x");
  umask(before);
  EXPECT_EQ(mode_of(folder / "new"), 0640U);
  ASSERT_EQ(chmod((folder / "new").c_str(), 0604), 0);
  write_file(folder / "new", "y");
  EXPECT_EQ(mode_of(folder / "new"), 0604U);
}

TEST(AtomicWrite, FollowsALinkAlsoOneToNothingYet) {
  const TestFolder folder;
  fs::create_directory(folder / "sub");
  fs::create_symlink("sub/real", folder / "middle");
  fs::create_symlink(folder / "middle", folder / "link");
  for (const char* bytes : {"one", "two"}) {
    write_file(folder / "link", bytes);
    EXPECT_EQ(content_of(folder / "sub/real"), bytes);
  }
  EXPECT_TRUE(fs::is_symlink(folder / "link"));
  fs::create_symlink("round", folder / "round");
  EXPECT_NE(refused_path(folder / "round").what.find("symbolic links"), std::string::npos);
}

TEST(AtomicWrite, SaysWhichFolderIsMissingOrIsNone) {
  const TestFolder folder;
  write_file(folder / "file", "x");
  const Fault missing = refused_path(folder / "none/m.ffwd");
  EXPECT_EQ(missing.where, folder / "none/m.ffwd");
  EXPECT_EQ(missing.what, "cannot be written: the folder '" + (folder / "none") + "' does not exist");
  EXPECT_EQ(missing.fix, "make the folder first, or name a file elsewhere");
  EXPECT_EQ(refused_path(folder / "file/m.ffwd").what,
            "cannot be written: '" + (folder / "file") + "' is a file, not a folder");
  EXPECT_EQ(refused_path(folder / "none/").what,
            "cannot be written: the folder '" + (folder / "none") + "' does not exist");
  EXPECT_EQ(refused_path(folder / "").what, "cannot be written: it is a folder");
  EXPECT_EQ(refused_path("").what, "cannot be written: its name is empty");
}

TEST(AtomicWrite, AProtectedFileOrFolderIsRefusedBeforeAnythingIsWritten) {
  if (geteuid() == 0) GTEST_SKIP() << "root may write everywhere";
  const TestFolder folder;
  write_file(folder / "file", "x");
  ASSERT_EQ(chmod((folder / "file").c_str(), 0444), 0);
  EXPECT_EQ(refused_path(folder / "file").what, "cannot be written: Permission denied");
  fs::create_directory(folder / "sub");
  ASSERT_EQ(chmod((folder / "sub").c_str(), 0555), 0);
  EXPECT_EQ(refused_path(folder / "sub/m").what,
            "cannot be written: folder '" + (folder / "sub") + "': Permission denied");
}

/// No file may grow over 1,000 bytes while this lives: what a full disk does, at will.
class SmallFiles {
 public:
  SmallFiles() {
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit small = {1000, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
  }
  SmallFiles(const SmallFiles&) = delete;
  SmallFiles& operator=(const SmallFiles&) = delete;
  ~SmallFiles() {
    setrlimit(RLIMIT_FSIZE, &before_);
    signal(SIGXFSZ, SIG_DFL);
  }

 private:
  rlimit before_{};
};

TEST(AtomicWrite, AWriteThatFailsHalfWayLeavesTheEarlierFileAndNoTemporary) {
  const TestFolder folder;
  const std::string path = folder / "m.ffwd";
  write_file(path, "earlier");
  Fault fault;
  {
    const SmallFiles limit;
    fault = refused([&] { write_file(path, std::string(5000, 'x')); });
  }
  EXPECT_EQ(fault.kind, ErrorKind::kOutput);
  EXPECT_EQ(fault.where, path);
  EXPECT_EQ(fault.what, "cannot be written: File too large");
  EXPECT_EQ(fault.fix, "free some space there, or name a file elsewhere");
  EXPECT_EQ(content_of(path), "earlier");
  EXPECT_EQ(folder.n_entries(), 1U);
}

TEST(AtomicWrite, WritesDirectlyToWhatIsNoRegularFile) {
  const Fault fault = refused([] { write_file("/dev/full", "x"); });
  EXPECT_EQ(fault.what, "cannot be written: No space left on device");
  write_file("/dev/null", "x");
  EXPECT_TRUE(fs::is_character_file("/dev/null"));

  const TestFolder folder;
  const std::string path = folder / "pipe";
  ASSERT_EQ(mkfifo(path.c_str(), 0600), 0);
  const std::string bytes(200'000, 'p');
  std::thread writer([&] { write_file(path, bytes); });
  EXPECT_TRUE(content_of(path) == bytes);
  writer.join();
  EXPECT_TRUE(fs::is_fifo(path));
}

TEST(AtomicWrite, ADescriptorsNameMeansTheDescriptorWithItsPlaceInTheFile) {
  const TestFolder folder;
  const int file = open((folder / "out").c_str(), O_WRONLY | O_CREAT, 0600);
  ASSERT_GE(file, 0);
  const std::string name = "/dev/fd/" + std::to_string(file);
  ASSERT_EQ(write(file, "a", 1), 1);
  check_writable(name);
  write_file(name, "b");
  write_file("/proc/self/fd/" + std::to_string(file), "c");
  ASSERT_EQ(write(file, "d", 1), 1);
  close(file);
  EXPECT_EQ(content_of(folder / "out"), "abcd");
  EXPECT_EQ(refused([&] { write_file(name, "x"); }).what, "cannot be written: Bad file descriptor");
}

}  // namespace
}  // namespace ffwd
