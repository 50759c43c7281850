#include "cli/fd_stream.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <string>

#include "cli/run_binary.h"

namespace ffwd {
namespace {

TEST(FdStream, EverythingWrittenArrivesInOrder) {
  const TempFolder folder;
  const int fd = ::open(folder.file("out").c_str(), O_WRONLY | O_CREAT, 0600);
  std::string written;
  {
    FdStream out(fd);
    for (int i = 0; i < 40000; ++i) {
      out << i << '\n';
      written += std::to_string(i) + '\n';
    }
  }
  ::close(fd);
  EXPECT_EQ(read_text(folder.file("out")), written);
}

TEST(FdStream, AFullDeviceIsAFaultThatIsNamed) {
  const int fd = ::open("/dev/full", O_WRONLY);
  FdStream out(fd);
  EXPECT_TRUE(out << "text");
  EXPECT_EQ(out.fault(), "");
  EXPECT_FALSE(out.flush());
  EXPECT_EQ(out.fault(), "No space left on device");
  ::close(fd);
}

TEST(FdStream, AReaderThatHasGoneIsNoFault) {
  ::signal(SIGPIPE, SIG_IGN);
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  ::close(ends[0]);
  {
    FdStream out(ends[1]);
    for (int i = 0; i < 100000; ++i) out << "a line nobody reads\n";
    EXPECT_TRUE(out.flush());
    EXPECT_EQ(out.fault(), "");
  }
  ::close(ends[1]);
}

TEST(FdStream, AClosedStandardOutputIsAFaultAndNoFileIsHit) {
  const Finished done = run_binary({"version"}, {.close_out = true});
  EXPECT_EQ(done.exit, 6);
  EXPECT_NE(done.err.find("standard output: cannot be written: Bad file descriptor"), std::string::npos) << done.err;
}

}  // namespace
}  // namespace ffwd
