// Error: the one exception the library throws. It says what went wrong, where, and how to mend it.
#pragma once

#include <exception>
#include <string>
#include <utility>

namespace ffwd {

/// One kind per exit code of the command line; the value is the exit code.
enum class ErrorKind {
  kInternal = 1,  ///< a bug in ffwd
  kUsage = 2,     ///< an option or argument that cannot be meant
  kData = 3,      ///< a table that cannot be read, trained on or predicted
  kModel = 4,     ///< a model or checkpoint file that cannot be used
  kDiverged = 5,  ///< training reached a loss that is not finite
  kOutput = 6,    ///< a result could not be written, or memory ran out
};

/// What is known about a failure, in the user's words.
struct Fault {
  ErrorKind kind = ErrorKind::kInternal;
  std::string what{};   ///< the thing that is wrong: "column 'age' holds an infinite number"
  std::string where{};  ///< the place, may be empty: "customers.csv:118:4"
  std::string fix{};    ///< how to mend it, may be empty: "mend the cell, or leave the column out with --drop age"
};

/// Thrown by the whole library, and besides it only what the standard library throws when memory runs out. `what()` is
/// "WHERE: WHAT" and, on a second line, the mend.
class Error : public std::exception {
 public:
  explicit Error(Fault fault);
  [[nodiscard]] const Fault& fault() const noexcept { return fault_; }
  [[nodiscard]] ErrorKind kind() const noexcept { return fault_.kind; }
  [[nodiscard]] const char* what() const noexcept override { return message_.c_str(); }

 private:
  Fault fault_;
  std::string message_;
};

}  // namespace ffwd
