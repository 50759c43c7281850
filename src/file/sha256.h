// SHA-256, the checksum of the model file.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace ffwd {

/// Takes bytes in any number of pieces; the digest depends on their concatenation alone.
class Sha256 {
 public:
  void update(std::string_view bytes);
  /// 64 lowercase hexadecimal digits. Ends the use of this object.
  [[nodiscard]] std::string hex();

 private:
  void compress(const unsigned char* block);

  std::array<std::uint32_t, 8> hash_ = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<unsigned char, 64> block_{};
  std::size_t n_block_ = 0;  ///< bytes waiting in block_
  std::uint64_t n_bytes_ = 0;
};

[[nodiscard]] std::string sha256_hex(std::string_view bytes);

}  // namespace ffwd
