#include "file/sha256.h"

#include <gtest/gtest.h>

#include <string>

namespace ffwd {
namespace {

// The examples of FIPS 180-2, appendix B, and of NIST's "Cryptographic Standards and Guidelines: Example Values".
TEST(Sha256, GivesThePublishedDigests) {
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256_hex("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmno"
                       "ijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu"),
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
  EXPECT_EQ(sha256_hex(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, DoesNotDependOnHowTheBytesAreCutAtAnyLengthAroundTheBlocks) {
  for (std::size_t length = 0; length <= 130; ++length) {
    std::string bytes;
    for (std::size_t i = 0; i < length; ++i) bytes += static_cast<char>(i * 7);
    for (const std::size_t piece : {1U, 3U, 55U, 63U, 64U, 65U}) {
      Sha256 sha;
      for (std::size_t at = 0; at < length; at += piece) sha.update(std::string_view(bytes).substr(at, piece));
      EXPECT_EQ(sha.hex(), sha256_hex(bytes)) << length << " bytes by " << piece;
    }
  }
}

// Lengths at which the padding needs a block of its own, by Python's hashlib.
TEST(Sha256, PadsBytesThatLeaveNoRoomForTheirLength) {
  EXPECT_EQ(sha256_hex(std::string(55, 'x')), "d5e285683cd4efc02d021a5c62014694958901005d6f71e89e0989fac77e4072");
  EXPECT_EQ(sha256_hex(std::string(56, 'x')), "04c26261370ee7541549d16dee320c723e3fd14671e66a099afe0a377c16888e");
  EXPECT_EQ(sha256_hex(std::string(64, 'x')), "7ce100971f64e7001e8fe5a51973ecdfe1ced42befe7ee8d5fd6219506b5393c");
}

}  // namespace
}  // namespace ffwd
