// Verbs: what stands after `ffwd`. Each is one file that defines its row; the build writes verbs() from the folder.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "cli/command.h"
#include "cli/console.h"

namespace ffwd {

/// One use of a verb: its options are declared, filled by the parser, and then it runs.
class Verb {
 public:
  virtual ~Verb() = default;
  /// Adds the verb's arguments and options, bound to this object.
  virtual void declare(Command& command) = 0;
  /// Does the work and returns the exit code. Failures are thrown as Error.
  virtual int run(Console& console) = 0;
};

/// What dispatch, help and tests know of a verb.
struct VerbRow {
  std::string_view name;
  std::string_view summary;    ///< one line
  std::string_view arguments;  ///< "DATA --target NAME"
  std::string_view example;    ///< the lines that its help begins with
  std::unique_ptr<Verb> (*make)();
};

/// All verbs, sorted by name.
[[nodiscard]] std::span<const VerbRow* const> verbs();

}  // namespace ffwd
