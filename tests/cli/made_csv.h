// Small made-up tables with something in them to learn.
#pragma once

#include <cstdint>
#include <string>

namespace ffwd {

/// Columns a, b, city, y (a number that follows from the others), grade (low, high: where y is). Always the same rows.
inline std::string made_csv(std::size_t rows, const std::string& header = "a,b,city,y,grade\n") {
  std::string text = header;
  std::uint64_t state = 1;
  const auto draw = [&state](std::uint64_t below) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (state >> 33) % below;
  };
  for (std::size_t row = 0; row < rows; ++row) {
    const auto a = static_cast<double>(draw(1000)) / 100, b = static_cast<double>(draw(1000)) / 100;
    const char* const city = draw(2) == 0 ? "Rome" : "Oslo";
    const double y = 3 * a - b + (city[0] == 'R' ? 5 : 0) + 0.125 * static_cast<double>(draw(8));
    text += std::to_string(a) + ',' + std::to_string(b) + ',' + city + ',' + std::to_string(y) + ',' +
            (y > 12.5 ? "high" : "low") + '\n';
  }
  return text;
}

}  // namespace ffwd
