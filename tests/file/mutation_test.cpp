// Thousands of damaged model files: each is refused as a model file, or means what the sound one does.
#include <gtest/gtest.h>

#include <random>

#include "file/model_container.h"
#include "file/refused.h"

namespace ffwd {
namespace {

ModelContainer sound_model() {
  Json description = {{"format", 1},
                      {"targets", {{{"name", "price"}, {"mean", 3.25}, {"sd", 0.5}}}},
                      {"network", {{"layers", {{{"name", "output"}, {"from", {"x"}}, {"size", 1}}}}}}};
  return {std::move(description),
          {{"output.weight", {2, 3}, std::vector<float>{1, 2, 3, 4, 5, 6}},
           {"output.bias", {2}, std::vector<float>{7, 8}},
           {"preprocessing.a.levels", {3}, std::vector<double>{1, 2, 3}}}};
}

/// The checksum is of the values and the description. A tensor's name or shape that was changed alone is for the model
/// to find, which knows from the network what they have to be.
std::string covered_content(const ModelContainer& model) {
  std::string content = dump_json(model.description);
  for (const Tensor& tensor : model.tensors) content += tensor.bytes();
  return content;
}

class Mutations : public testing::Test {
 protected:
  void expect_refused_or_equal(const std::string& bytes, const std::string& how) {
    try {
      EXPECT_EQ(covered_content(unpack(bytes, "x.ffwd")), content_) << how;
      ++n_accepted_;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kModel) << how << ": " << error.what();
      EXPECT_NE(error.fault().where.find("x.ffwd"), std::string::npos) << how;
    }
  }
  std::size_t below(std::size_t n) { return random_() % n; }

  const std::string sound_ = pack(sound_model());
  const std::string content_ = covered_content(unpack(sound_, "x.ffwd"));
  std::mt19937 random_{20250101};
  std::size_t n_accepted_ = 0;
};

TEST_F(Mutations, EveryBitFlipped) {
  for (std::size_t bit = 0; bit < sound_.size() * 8; ++bit) {
    std::string bytes = sound_;
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ 1 << bit % 8);
    expect_refused_or_equal(bytes, "bit " + std::to_string(bit));
  }
  EXPECT_GT(n_accepted_, 0U);  // letters of the tensors' names
}

TEST_F(Mutations, EveryTruncationAndSomethingAppended) {
  for (std::size_t length = 0; length < sound_.size(); ++length)
    expect_refused_or_equal(sound_.substr(0, length), "cut to " + std::to_string(length));
  for (const char* more : {" ", "{", "and more"}) expect_refused_or_equal(sound_ + more, "appended");
  EXPECT_EQ(n_accepted_, 0U);
}

TEST_F(Mutations, BytesChangedInsertedRemovedAndRepeated) {
  const std::string interesting = "{}[]\",:0123456789.-eE\\u \x00\xFF";
  for (int round = 0; round < 20'000; ++round) {
    std::string bytes = sound_;
    for (std::size_t n = 1 + below(4); n-- > 0;) {
      const std::size_t at = below(bytes.size());
      const std::size_t length = std::min(below(9), bytes.size() - at);
      switch (below(4)) {
        case 0:
          bytes[at] = interesting[below(interesting.size())];
          break;
        case 1:
          bytes.insert(at, 1, interesting[below(interesting.size())]);
          break;
        case 2:
          bytes.erase(at, length);
          break;
        default:
          bytes.insert(below(bytes.size()), bytes.substr(at, length));
          break;
      }
    }
    expect_refused_or_equal(bytes, "round " + std::to_string(round));
  }
}

/// Edits of the header's numbers, with the header's length mended, so that what follows is reached.
TEST_F(Mutations, NumbersOfTheHeaderReplaced) {
  const std::size_t n_header = static_cast<unsigned char>(sound_[8 - 8]) + 256U * static_cast<unsigned char>(sound_[1]);
  const std::vector<std::string> numbers = {"0",
                                            "1",
                                            "4",
                                            "25",
                                            "32",
                                            "-1",
                                            "1e3",
                                            "4294967296",
                                            "9223372036854775808",
                                            "18446744073709551615",
                                            "99999999999999999999",
                                            "null",
                                            "[]",
                                            "\"F32\""};
  for (int round = 0; round < 5'000; ++round) {
    std::string header = sound_.substr(8, n_header);
    for (std::size_t n = 1 + below(3); n-- > 0;) {
      const std::size_t start = header.find_first_of("0123456789", below(header.size()));
      if (start == std::string::npos) continue;
      const std::size_t end = header.find_first_not_of("0123456789", start);
      header.replace(start, std::min(end, header.size()) - start, numbers[below(numbers.size())]);
    }
    std::string bytes;
    for (std::size_t i = 0; i < 8; ++i) bytes += static_cast<char>(header.size() >> (8 * i) & 0xFF);
    expect_refused_or_equal(bytes + header + sound_.substr(8 + n_header), "round " + std::to_string(round));
  }
}

}  // namespace
}  // namespace ffwd
