#include "cli/output_path.h"

#include <array>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "core/raise.h"
#include "core/utf8.h"
#include "file/atomic_write.h"
#include "table/ascii.h"

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

bool holds_model(const std::string& path) {
  std::error_code fault;
  if (!std::filesystem::is_regular_file(path, fault)) return false;
  std::array<char, 9> start{};
  std::ifstream file(path, std::ios::binary);
  if (!file.read(start.data(), start.size())) return false;
  return start[4] == 0 && start[5] == 0 && start[6] == 0 && start[7] == 0 && start[8] == '{';
}

void check_model_path(const std::string& option, const std::string& path) {
  if (path == "-") {
    raise({.kind = ErrorKind::kUsage,
           .what = "a model is written to a file, not to standard output",
           .where = option,
           .fix = "name one, such as model.ffwd"});
  }
  std::error_code fault;
  if (!std::filesystem::is_regular_file(path, fault) || std::filesystem::file_size(path, fault) == 0) return;
  if (holds_model(path)) return;
  raise({.kind = ErrorKind::kUsage,
         .what = "'" + path + "' is there and holds no model: it would be lost",
         .where = option,
         .fix = "name another file, or remove it first"});
}

void check_picture_path(const std::string& option, const std::string& path) {
  if (!equal_ignoring_case(std::filesystem::path(path).extension().string(), ".svg")) {
    raise({.kind = ErrorKind::kUsage,
           .what = "'" + path + "' does not end in .svg, which is what is drawn",
           .where = option,
           .fix = "name it so"});
  }
  check_writable(path);
}

void check_prediction_ending(const std::string& option, const std::string& path) {
  const std::string ending = std::filesystem::path(path).extension().string();
  for (const std::string_view other : {".gz", ".zst", ".bz2", ".xz", ".zip", ".json", ".xls", ".xlsx"}) {
    if (!equal_ignoring_case(ending, other)) continue;
    raise({.kind = ErrorKind::kUsage,
           .what = "'" + path + "' ends in " + ending + ", and predictions are written as plain CSV",
           .where = option,
           .fix = "end the name in .csv, .parquet, .arrow, .feather or .arrows"});
  }
}

}  // namespace ffwd
