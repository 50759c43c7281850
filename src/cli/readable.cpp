#include "cli/readable.h"

#include <fmt/format.h>

#include <cmath>

#include "core/text.h"

namespace ffwd {

std::string readable(double value) {
  if (!std::isfinite(value)) return "–";
  const double size = std::fabs(value);
  if (size == 0.0) return "0";
  if (size < 1e-3 || size >= 1e15) return fmt::format("{:.2g}", value);
  if (size >= 999.95) {
    const std::string digits = with_thousands(static_cast<unsigned long long>(std::llround(size)));
    return value < 0 ? "-" + digits : digits;
  }
  const int decimals = size >= 100 ? 1 : size >= 10 ? 2 : size >= 1 ? 3 : 4;
  return fmt::format("{:.{}f}", value, decimals);
}

std::string readable_seconds(double seconds) {
  if (seconds < 0.9995) return fmt::format("{:.0f} ms", seconds * 1e3);
  if (seconds < 9.995) return fmt::format("{:.2f} s", seconds);
  if (seconds < 59.95) return fmt::format("{:.1f} s", seconds);
  const long long whole = std::llround(seconds);
  if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  return fmt::format("{} h {:02} min", whole / 3600, whole % 3600 / 60);
}

std::string readable_bytes(std::size_t bytes) {
  double value = static_cast<double>(bytes);
  if (bytes < 1000) return fmt::format("{} B", bytes);
  const char* unit = "kB";
  value /= 1e3;
  for (const char* larger : {"MB", "GB", "TB"}) {
    if (value < 999.95) break;
    value /= 1e3;
    unit = larger;
  }
  return fmt::format("{:.1f} {}", value, unit);
}

std::string counted(std::size_t n, const std::string& one) {
  return with_thousands(n) + " " + one + (n == 1 ? "" : "s");
}

}  // namespace ffwd
