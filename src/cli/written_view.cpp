#include "cli/written_view.h"

#include <filesystem>
#include <system_error>

#include "cli/readable.h"

namespace ffwd {
namespace {

std::string file_with_size(const std::string& path) {
  std::error_code unknown;
  const auto bytes = std::filesystem::file_size(path, unknown);
  return unknown ? path : path + " (" + readable_bytes(bytes) + ")";
}

}  // namespace

void print_wrote(const Console& console, std::span<const std::string> paths, double seconds, bool replaced) {
  console.out << console.bold("Wrote");
  std::string before = "  ";
  for (const std::string& path : paths) {
    console.out << before << file_with_size(path);
    if (replaced) console.out << " in place of an earlier one";
    replaced = false;
    before = " and ";
  }
  console.out << ", " << readable_seconds(seconds) << " in all\n";
}

}  // namespace ffwd
