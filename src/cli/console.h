// Console: all that a verb may know of the world outside: two streams, the terminal they may be, a clock, the
// environment. main.cpp makes the real one; tests make theirs.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>

namespace ffwd {

/// What is known of a stream that is a terminal; the defaults are those of a file.
struct Screen {
  bool terminal = false;
  bool styled = false;   ///< bold and dim may be used
  bool unicode = false;  ///< the locale shows UTF-8
  std::size_t width = 100;
};

struct Console {
  std::ostream& out;  ///< results, and nothing but JSON with --json
  std::ostream& err;  ///< progress, warnings, errors
  Screen out_screen = {};
  Screen err_screen = {};
  std::function<double()> clock = {};  ///< seconds since a fixed moment
  std::function<std::optional<std::string>(const char* name)> environment = {};
  std::function<std::string()> out_fault = {};  ///< why writing to `out` failed; may be empty

  /// "ffwd: warning: …", at once.
  void warn(std::string_view text) const;
  /// `text` in bold, or dim, where `out` can show it.
  [[nodiscard]] std::string bold(std::string_view text) const;
  [[nodiscard]] std::string dim(std::string_view text) const;
};

/// What file descriptor `fd` shows, given the environment: NO_COLOR and TERM=dumb switch styles off.
[[nodiscard]] Screen screen_of(int fd, const std::function<std::optional<std::string>(const char*)>& environment);

}  // namespace ffwd
