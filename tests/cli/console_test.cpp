#include "cli/console.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <map>

#include "cli/fake_console.h"

namespace ffwd {
namespace {

using Variables = std::map<std::string, std::string>;

std::function<std::optional<std::string>(const char*)> environment(Variables variables) {
  return [variables = std::move(variables)](const char* name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional<std::string>(found->second);
  };
}

/// The two ends of a terminal.
struct Terminal {
  int master = ::posix_openpt(O_RDWR | O_NOCTTY);
  int screen = -1;
  Terminal() {
    ::grantpt(master);
    ::unlockpt(master);
    screen = ::open(::ptsname(master), O_RDWR | O_NOCTTY);
  }
  ~Terminal() {
    ::close(screen);
    ::close(master);
  }
};

TEST(Console, WarningsGoToStandardErrorAtOnce) {
  FakeConsole fake;
  fake.console.warn("column 'k' is constant");
  EXPECT_EQ(fake.err.str(), "ffwd: warning: column 'k' is constant\n");
  EXPECT_EQ(fake.out.str(), "");
}

TEST(Console, TextIsPlainUnlessTheScreenIsStyled) {
  FakeConsole fake;
  EXPECT_EQ(fake.console.bold("x"), "x");
  fake.console.out_screen.styled = true;
  EXPECT_EQ(fake.console.bold("x"), "\033[1mx\033[0m");
  EXPECT_EQ(fake.console.dim("x"), "\033[2mx\033[0m");
}

TEST(Console, AFileIsNoTerminal) {
  const int fd = ::open("/dev/null", O_WRONLY);
  const Screen screen = screen_of(fd, environment({{"LANG", "C.UTF-8"}}));
  ::close(fd);
  EXPECT_FALSE(screen.terminal);
  EXPECT_FALSE(screen.styled);
  EXPECT_FALSE(screen.unicode);
}

TEST(Console, ATerminalTellsItsWidth) {
  const Terminal terminal;
  winsize size{};
  size.ws_col = 72;
  ASSERT_EQ(::ioctl(terminal.screen, TIOCSWINSZ, &size), 0);
  const Screen screen = screen_of(terminal.screen, environment({}));
  EXPECT_TRUE(screen.terminal);
  EXPECT_TRUE(screen.styled);
  EXPECT_EQ(screen.width, 72u);
}

TEST(Console, NoColorAndDumbTerminalsSwitchStylesOff) {
  const Terminal terminal;
  EXPECT_FALSE(screen_of(terminal.screen, environment({{"NO_COLOR", "1"}})).styled);
  EXPECT_TRUE(screen_of(terminal.screen, environment({{"NO_COLOR", ""}})).styled);
  EXPECT_FALSE(screen_of(terminal.screen, environment({{"TERM", "dumb"}})).styled);
}

TEST(Console, TheFirstLocaleVariableThatIsSetDecidesOnUnicode) {
  const Terminal terminal;
  EXPECT_TRUE(screen_of(terminal.screen, environment({{"LANG", "de_DE.UTF-8"}})).unicode);
  EXPECT_FALSE(screen_of(terminal.screen, environment({{"LC_ALL", "C"}, {"LANG", "de_DE.UTF-8"}})).unicode);
  EXPECT_FALSE(screen_of(terminal.screen, environment({})).unicode);
}

}  // namespace
}  // namespace ffwd
