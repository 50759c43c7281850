// A Console whose streams are strings and whose clock is set by hand.
#pragma once

#include <map>
#include <span>
#include <sstream>
#include <string>

#include "cli/console.h"

namespace ffwd {

struct FakeConsole {
  std::ostringstream out, err;
  double now = 0.0;
  std::map<std::string, std::string> variables;
  Console console{.out = out,
                  .err = err,
                  .clock = [this] { return now; },
                  .environment = [this](const char* name) -> std::optional<std::string> {
                    const auto found = variables.find(name);
                    return found == variables.end() ? std::nullopt : std::optional<std::string>(found->second);
                  }};
};

}  // namespace ffwd
