// Arrow's numbers that C++ has no type for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace ffwd {

/// The value of an IEEE 754 number of 16 bits.
[[nodiscard]] double half_value(std::uint16_t bits);

/// The digits of a two's complement integer, `little_endian` being its bytes, a multiple of 4 and at most 32: "-1050".
[[nodiscard]] std::string integer_digits(std::span<const std::byte> little_endian);

}  // namespace ffwd
