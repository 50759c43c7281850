#include "cli/console.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>

namespace ffwd {
namespace {

constexpr std::size_t kNarrowest = 40;

std::string styled(std::string_view text, bool on, const char* code) {
  if (!on) return std::string(text);
  return std::string("\033[") + code + "m" + std::string(text) + "\033[0m";
}

bool shows_utf8(const std::function<std::optional<std::string>(const char*)>& environment) {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {  // the first that is set decides, as in locale(7)
    std::string value = environment(name).value_or("");
    if (value.empty()) continue;
    std::transform(value.begin(), value.end(), value.begin(), [](unsigned char c) { return std::tolower(c); });
    return value.find("utf-8") != std::string::npos || value.find("utf8") != std::string::npos;
  }
  return false;
}

}  // namespace

void Console::warn(std::string_view text) const { err << "ffwd: warning: " << text << '\n' << std::flush; }

std::string Console::bold(std::string_view text) const { return styled(text, out_screen.styled, "1"); }

std::string Console::dim(std::string_view text) const { return styled(text, out_screen.styled, "2"); }

Screen screen_of(int fd, const std::function<std::optional<std::string>(const char*)>& environment) {
  Screen screen;
  if (::isatty(fd) == 0) return screen;
  screen.terminal = true;
  screen.styled = environment("NO_COLOR").value_or("").empty() && environment("TERM").value_or("") != "dumb";
  screen.unicode = shows_utf8(environment);
  winsize size{};
  if (::ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    screen.width = std::max<std::size_t>(kNarrowest, size.ws_col);
  }
  return screen;
}

}  // namespace ffwd
