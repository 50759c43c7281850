// ffwd, the program: hands the real streams, terminal, clock and environment to run_cli.
#include <signal.h>

#include <chrono>
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include "cli/console.h"
#include "cli/fd_stream.h"
#include "cli/run_cli.h"

int main(int argc, char** argv) {
  ffwd::reserve_standard_descriptors();
  ::signal(SIGPIPE, SIG_IGN);  // a reader that has gone is seen by FdStream
  ffwd::FdStream out(1);
  ffwd::FdStream err(2);
  const auto environment = [](const char* name) -> std::optional<std::string> {
    const char* const value = std::getenv(name);
    return value == nullptr ? std::nullopt : std::optional<std::string>(value);
  };
  const auto clock = [] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
  };
  ffwd::Console console{.out = out,
                        .err = err,
                        .out_screen = ffwd::screen_of(1, environment),
                        .err_screen = ffwd::screen_of(2, environment),
                        .clock = clock,
                        .environment = environment,
                        .out_fault = [&out] { return out.fault(); }};
  const std::vector<std::string> args(argv + (argc > 0 ? 1 : 0), argv + argc);
  return ffwd::run_cli(args, console);
}
