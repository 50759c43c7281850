#include <gtest/gtest.h>

#include "file/refused.h"
#include "file/safetensors.h"

namespace ffwd {
namespace {

TensorFile small_file() {
  return {{{"hidden1.weight", {2, 3}, std::vector<float>{1, 2, 3, 4, 5, 6}}, {"m", {1}, std::vector<double>{0.5}}},
          {{"b", "2"}, {"a", "\"1\""}}};
}

TEST(SafetensorsWriter, WritesLengthHeaderPaddingAndBytesAsTheFormatSays) {
  const std::string bytes = to_safetensors(small_file());
  const std::string header = R"({"__metadata__":{"a":"\"1\"","b":"2"},)"
                             R"("hidden1.weight":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},)"
                             R"("m":{"dtype":"F64","shape":[1],"data_offsets":[24,32]}})";
  ASSERT_EQ(header.size(), 162U);
  EXPECT_EQ(bytes.substr(0, 8), std::string("\xB8\0\0\0\0\0\0\0", 8));  // 184 = 162 and padding, to 192 = 3 * 64
  EXPECT_EQ(bytes.substr(8, 184), header + std::string(22, ' '));
  EXPECT_EQ(bytes.substr(192, 4), std::string("\0\0\x80\x3F", 4));       // 1.0f
  EXPECT_EQ(bytes.substr(216), std::string("\0\0\0\0\0\0\xE0\x3F", 8));  // 0.5
}

TEST(SafetensorsWriter, TheTensorsStartAtAMultipleOf64WhateverTheHeader) {
  for (std::size_t length = 0; length < 70; ++length) {
    const std::string bytes = to_safetensors({{{"w", {1}, std::vector<float>{2}}}, {{"k", std::string(length, 'x')}}});
    EXPECT_EQ((bytes.size() - sizeof(float)) % 64, 0U) << length;
  }
}

TEST(SafetensorsWriter, RefusesAHeaderOver16MiB) {
  const Fault fault = refused([] { (void)to_safetensors({{}, {{"k", std::string(kMaxHeaderBytes, 'x')}}}); });
  EXPECT_EQ(fault.kind, ErrorKind::kOutput);
  EXPECT_EQ(fault.what,
            "the model's description would take 16777272 bytes, more than the 16777216 that a model file may have");
  EXPECT_NE(fault.fix.find("--drop"), std::string::npos);
}

TEST(SafetensorsWriter, RefusesTwoTensorsOfOneName) {
  const Tensor tensor{"w", {1}, std::vector<float>{2}};
  const Fault fault = refused([&] { (void)to_safetensors({{tensor, tensor}, {}}); });
  EXPECT_EQ(fault.kind, ErrorKind::kInternal);
  EXPECT_EQ(fault.what, "two tensors are called 'w'");
  const Tensor metadata{"__metadata__", {1}, std::vector<float>{2}};
  EXPECT_EQ(refused([&] { (void)to_safetensors({{metadata}, {}}); }).kind, ErrorKind::kInternal);
}

// With a search through all names before, for each of them, this would take long.
TEST(SafetensorsWriter, TakesTimeInProportionToTheNumberOfTensors) {
  TensorFile file;
  for (std::size_t k = 0; k < 50'000; ++k)
    file.tensors.push_back({"layer " + std::to_string(k), {1}, std::vector<float>{static_cast<float>(k)}});
  const TensorFile read = from_safetensors(to_safetensors(file), "x.ffwd");
  ASSERT_EQ(read.tensors.size(), file.tensors.size());
  EXPECT_EQ(read.tensors.back().name, "layer 49999");
  EXPECT_EQ(read.tensors.back().bytes(), file.tensors.back().bytes());
}

}  // namespace
}  // namespace ffwd
