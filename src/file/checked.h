// Arithmetic on sizes that a file claims: the sum or product, or nothing where it does not fit.
#pragma once

#include <cstddef>
#include <limits>
#include <optional>

namespace ffwd {

[[nodiscard]] constexpr std::optional<std::size_t> checked_add(std::size_t a, std::size_t b) {
  if (b > std::numeric_limits<std::size_t>::max() - a) return std::nullopt;
  return a + b;
}

[[nodiscard]] constexpr std::optional<std::size_t> checked_multiply(std::size_t a, std::size_t b) {
  if (a != 0 && b > std::numeric_limits<std::size_t>::max() / a) return std::nullopt;
  return a * b;
}

}  // namespace ffwd
