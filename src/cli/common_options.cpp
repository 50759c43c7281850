#include "cli/common_options.h"

#include "core/thread_pool.h"

namespace ffwd {

void declare_delimiter(Command& command, char& into) {
  command.option({.names = "--delimiter",
                  .value = "CHAR",
                  .summary = "what separates the fields: a character, or the word tab",
                  .default_text = "found out",
                  .set = delimiter(into)});
}

void declare_missing(Command& command, std::vector<std::string>& marks) {
  command.option({.names = "--missing",
                  .value = "LIST",
                  .summary = "the texts that mean a missing value, separated by commas, in any letter case",
                  .default_text = "empty, NA, N/A, #N/A, NaN, null, None, ?, -",
                  .set = list(marks),
                  .repeatable = true});
}

void declare_threads(Command& command, unsigned& into) {
  command.option({.names = "--threads",
                  .value = "N",
                  .summary = "threads to use, 0 for all there are; the result does not depend on it",
                  .default_text = "0",
                  .set = [&into](const std::string& option, const std::string& given) {
                    into = static_cast<unsigned>(read_count(option, given, 0, kMaxThreads));
                  }});
}

void declare_json(Command& command, bool& into) {
  command.flag("--json", "one JSON object on standard output, and nothing else there", into);
}

std::string data_path(const std::string& given) { return given == "-" ? "/dev/stdin" : given; }

}  // namespace ffwd
