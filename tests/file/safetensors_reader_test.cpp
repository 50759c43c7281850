#include <gtest/gtest.h>

#include <bit>
#include <cstdint>
#include <limits>

#include "file/refused.h"
#include "file/safetensors.h"

namespace ffwd {
namespace {

/// A file with this header text and these bytes after it.
std::string file_with(const std::string& header, const std::string& data = {}) {
  std::string bytes;
  for (std::size_t i = 0; i < 8; ++i) bytes += static_cast<char>(header.size() >> (8 * i) & 0xFF);
  return bytes + header + data;
}

Fault refused_file(const std::string& bytes) {
  const Fault fault = refused([&] { (void)from_safetensors(bytes, "x.ffwd"); });
  EXPECT_EQ(fault.kind, ErrorKind::kModel);
  EXPECT_TRUE(fault.where.starts_with("x.ffwd")) << fault.where;
  return fault;
}

TEST(SafetensorsReader, GivesBackTheBitsThatWereWritten) {
  const TensorFile file = {
      {{"a", {2, 2}, std::vector<float>{1, -0.0F, std::numeric_limits<float>::denorm_min(), 3e38F}},
       {"scalar", {}, std::vector<double>{1e-308}},
       {"empty", {0, 5}, std::vector<double>{}},
       {"odd", {1}, std::vector<float>{std::bit_cast<float>(0x7FA00001U)}},
       {"bytes", {3, 1}, std::vector<std::uint8_t>{0, 7, 255}}},
      {{"ffwd", "{\"text\": \"Größe\"}"}, {"", ""}}};
  const std::string bytes = to_safetensors(file);
  const TensorFile read = from_safetensors(bytes, "x.ffwd");
  EXPECT_EQ(read.metadata, file.metadata);
  ASSERT_EQ(read.tensors.size(), file.tensors.size());
  for (std::size_t t = 0; t < read.tensors.size(); ++t) {
    EXPECT_EQ(read.tensors[t].name, file.tensors[t].name);
    EXPECT_EQ(read.tensors[t].shape, file.tensors[t].shape);
    EXPECT_EQ(read.tensors[t].type(), file.tensors[t].type());
    EXPECT_EQ(read.tensors[t].bytes(), file.tensors[t].bytes());
  }
  EXPECT_EQ(to_safetensors(read), bytes);
}

TEST(SafetensorsReader, ReadsAFileWithoutMetadataOrTensors) {
  const TensorFile file = from_safetensors(file_with("{}"), "x.ffwd");
  EXPECT_TRUE(file.tensors.empty());
  EXPECT_TRUE(file.metadata.empty());
}

TEST(SafetensorsReader, SaysOfAFileThatIsSomethingElseThatItIsNoModel) {
  EXPECT_EQ(refused_file("").what, "not a ffwd model: the file is empty");
  for (const char* text : {"a", "price,rooms\n100,3\n", "{\"format\": 1}", "PK\x03\x04 and so on"}) {
    const Fault fault = refused_file(text);
    EXPECT_EQ(fault.what, "not a ffwd model: it does not start as a safetensors file does");
    EXPECT_EQ(fault.fix, "give a model file, one that 'ffwd train' wrote");
  }
}

TEST(SafetensorsReader, RefusesHeadersThatAreTooLongOrCutShort) {
  std::string long_header = file_with("{}");
  long_header[3] = 2;
  EXPECT_EQ(refused_file(long_header).what,
            "its header would be 33554434 bytes long; a model file has at most 16777216");
  std::string huge = file_with("{}");
  huge.replace(0, 8, std::string(8, '\xFF'));
  EXPECT_EQ(refused_file(huge).what,
            "its header would be 18446744073709551615 bytes long; a model file has at most 16777216");
  const Fault cut = refused_file(file_with("{\"a\": 1}").substr(0, 12));
  EXPECT_EQ(cut.what, "the model file is damaged: it ends inside its header, after 12 bytes");
  EXPECT_EQ(cut.fix, "copy it again from where it came from, or train the model anew");
}

TEST(SafetensorsReader, RefusesAHeaderThatIsNoStrictJson) {
  EXPECT_NE(refused_file(file_with("{\"a\"")).what.find("not valid JSON at line 1, column 4"), std::string::npos);
  EXPECT_NE(refused_file(file_with("{} {}")).what.find("not valid JSON"), std::string::npos);
  EXPECT_NE(refused_file(file_with(R"({"__metadata__":{"a":"1","a":"1"}})")).what.find("duplicate key 'a'"),
            std::string::npos);
  EXPECT_NE(refused_file(file_with(R"({"a":)" + std::string(70, '[') + std::string(70, ']') + "}")).what.find("nested"),
            std::string::npos);
}

struct Case {
  const char* header;
  std::size_t n_data;
  const char* what;  ///< after "the model file is damaged: ", if it is
};

class SafetensorsHeaders : public testing::TestWithParam<Case> {};

TEST_P(SafetensorsHeaders, AreRefusedWithWhatIsOddAboutThem) {
  const Fault fault = refused_file(file_with(GetParam().header, std::string(GetParam().n_data, '\0')));
  const std::string damaged = "the model file is damaged: ";
  EXPECT_EQ(fault.what.starts_with(damaged) ? fault.what.substr(damaged.size()) : fault.what, GetParam().what);
}

INSTANTIATE_TEST_SUITE_P(
    Odd, SafetensorsHeaders,
    testing::Values(
        Case{R"({"__metadata__":["ffwd"]})", 0, "its __metadata__ is no object"},
        Case{R"({"__metadata__":{"ffwd":1}})", 0, "its metadata 'ffwd' is no text"},
        Case{R"({"w":3})", 0, "tensor 'w' has no dtype"},
        Case{R"({"w":{"dtype":"F32","data_offsets":[0,4]}})", 4, "tensor 'w' has no shape"},
        Case{R"({"w":{"dtype":"F32","shape":[1]}})", 4, "tensor 'w' has no data_offsets"},
        Case{R"({"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":0}})", 4,
             "tensor 'w' has keys that the format does not know"},
        Case{R"({"w":{"dtype":"BF16","shape":[2],"data_offsets":[0,4]}})", 4,
             "tensor 'w' is of type \"BF16\"; known are F32, F64 and U8"},
        Case{R"({"w":{"dtype":32,"shape":[1],"data_offsets":[0,4]}})", 4,
             "tensor 'w' is of type 32; known are F32, F64 and U8"},
        Case{R"({"w":{"dtype":"F32","shape":1,"data_offsets":[0,4]}})", 4,
             "tensor 'w' has a shape that is no list of sizes"},
        Case{R"({"w":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}})", 4,
             "tensor 'w' has a shape that is no list of sizes"},
        Case{R"({"w":{"dtype":"F32","shape":[1.0],"data_offsets":[0,4]}})", 4,
             "tensor 'w' has a shape that is no list of sizes"},
        Case{R"({"w":{"dtype":"F32","shape":[18446744073709551616],"data_offsets":[0,4]}})", 4,
             "tensor 'w' has a shape that is no list of sizes"},
        Case{R"({"w":{"dtype":"F32","shape":[1],"data_offsets":[0]}})", 4,
             "tensor 'w' has data_offsets that are no begin and end"},
        Case{R"({"w":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}})", 4,
             "tensor 'w' has data_offsets that are no begin and end"},
        Case{R"({"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})", 8,
             "tensor 'w' does not begin where the one before it ends"},
        Case{
            R"({"v":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})",
            4, "tensor 'w' does not begin where the one before it ends"},
        Case{
            R"({"v":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})",
            8, "tensor 'v' does not begin where the one before it ends"},
        Case{R"({"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})", 7,
             "tensor 'w' ends after the end of the file"},
        Case{R"({"w":{"dtype":"F32","shape":[1],"data_offsets":[0,18446744073709551615]}})", 4,
             "tensor 'w' ends after the end of the file"},
        Case{R"({"w":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}})", 8,
             "tensor 'w' has a shape that does not fit its bytes"},
        Case{R"({"w":{"dtype":"F64","shape":[1],"data_offsets":[0,4]}})", 4,
             "tensor 'w' has a shape that does not fit its bytes"},
        Case{R"({"w":{"dtype":"F32","shape":[4294967296,1073741824,4],"data_offsets":[0,0]}})", 0,
             "tensor 'w' has a shape that does not fit its bytes"},
        Case{R"({"w":{"dtype":"F64","shape":[2305843009213693952],"data_offsets":[0,0]}})", 0,
             "tensor 'w' has a shape that does not fit its bytes"},
        Case{R"({"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", 7, "3 bytes follow the last tensor"}));

}  // namespace
}  // namespace ffwd
