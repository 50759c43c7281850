#include "cli/output_path.h"

#include <cstddef>
#include <filesystem>
#include <system_error>

#include "core/raise.h"
#include "core/utf8.h"

namespace ffwd {
namespace {

// File systems hold names of at most 255 bytes; the rest is for the ending and a temporary file's.
constexpr std::size_t kMostNameBytes = 200;

bool is_unfit(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7F || std::string_view("/\\:*?\"<>|").find(c) < 9;
}

}  // namespace

std::string default_model_path(std::string_view target) {
  std::string name(target.substr(0, kMostNameBytes));
  name.resize(valid_utf8_prefix(name));
  for (char& c : name) {
    if (is_unfit(c)) c = '_';
  }
  // Hidden files and what looks like an option would be hard to use.
  if (name.empty() || name.front() == '.' || name.front() == '-') name.insert(name.begin(), '_');
  return name + ".ffwd";
}

void check_not_read(const std::string& option, const std::string& path, std::span<const std::string> read) {
  for (const std::string& input : read) {
    std::error_code missing;  // a file that is not there is nobody's input
    if (!std::filesystem::is_regular_file(path, missing) || !std::filesystem::equivalent(path, input, missing))
      continue;
    raise({.kind = ErrorKind::kUsage,
           .what = "'" + path + "' is read in the same run and would be lost",
           .where = option,
           .fix = "name another file"});
  }
}

}  // namespace ffwd
