#include "file/model_container.h"

#include <gtest/gtest.h>

#include <limits>

#include "file/refused.h"
#include "file/sha256.h"

namespace ffwd {
namespace {

ModelContainer small_model() {
  return {Json{{"format", 1}, {"version", "0.1.0"}, {"task", "regression"}},
          {{"output.weight", {1, 3}, std::vector<float>{0.1F, 0.2F, 0.3F}},
           {"output.bias", {1}, std::vector<float>{-1}},
           {"preprocessing.city.levels", {2}, std::vector<double>{0.1, 0.2}}}};
}

/// The file that pack would write of `text` and `tensors`, whatever the text is.
std::string packed(const std::string& text, std::vector<Tensor> tensors = {}) {
  std::string data;
  for (const Tensor& tensor : tensors) data += tensor.bytes();
  return to_safetensors({std::move(tensors), {{"ffwd", text}, {"sha256", sha256_hex(data + text)}}});
}

Fault refused_file(const std::string& bytes) {
  Fault fault = refused([&] { (void)unpack(bytes, "x.ffwd"); });
  EXPECT_EQ(fault.kind, ErrorKind::kModel);
  EXPECT_TRUE(fault.where.starts_with("x.ffwd")) << fault.where;
  return fault;
}

TEST(ModelContainer, GivesBackDescriptionAndTensorsWithTheWidestFirst) {
  const ModelContainer model = small_model();
  const std::string bytes = pack(model);
  const ModelContainer read = unpack(bytes, "x.ffwd");
  EXPECT_EQ(dump_json(read.description), R"({"format":1,"version":"0.1.0","task":"regression"})");
  ASSERT_EQ(read.tensors.size(), 3U);
  EXPECT_EQ(read.tensors[0].name, "preprocessing.city.levels");
  EXPECT_EQ(read.tensors[1].name, "output.weight");
  EXPECT_EQ(read.tensors[2].name, "output.bias");
  EXPECT_EQ(std::get<std::vector<float>>(read.tensors[1].values), (std::vector<float>{0.1F, 0.2F, 0.3F}));
  EXPECT_EQ(pack(read), bytes);
}

TEST(ModelContainer, TheChecksumIsOfTheTensorBytesAndThenTheText) {
  const std::string bytes = pack(small_model());
  const SafetensorsHeader header = read_safetensors_header(bytes, "x.ffwd");
  EXPECT_EQ(header.data.size(), 32U);
  EXPECT_EQ(header.metadata.at("sha256"), sha256_hex(std::string(header.data) + header.metadata.at("ffwd")));
}

TEST(ModelContainer, EveryChangedByteOfATensorIsFoundAsDamage) {
  const std::string bytes = pack(small_model());
  for (std::size_t at = bytes.size() - 32; at < bytes.size(); ++at) {
    std::string changed = bytes;
    changed[at] = static_cast<char>(changed[at] ^ 4);
    EXPECT_EQ(refused_file(changed).what, "the model file is damaged: its bytes do not fit its checksum");
  }
}

TEST(ModelContainer, RefusesANewerFormatByNameWhateverElseItHolds) {
  const Fault fault = refused_file(packed(R"({"format":2})"));
  EXPECT_EQ(fault.what, "written by a newer ffwd (format 2); this one reads format 1");
  EXPECT_EQ(fault.fix, "use a newer ffwd, or train the model anew with this one");
  const std::string other =
      R"({"__metadata__":{"ffwd":"{\"format\":3}","crc":"0"},"w":{"dtype":"I8","shape":[1],"data_offsets":[0,1]}})";
  EXPECT_EQ(refused_file(static_cast<char>(other.size()) + std::string(7, '\0') + other + "z").what,
            "written by a newer ffwd (format 3); this one reads format 1");
}

TEST(ModelContainer, RefusesADescriptionWithoutAFormat) {
  const std::string damaged = "the model file is damaged: its ";
  EXPECT_EQ(refused_file(packed("[1]")).what, damaged + "description has no 'format'");
  EXPECT_EQ(refused_file(packed("{}")).what, damaged + "description has no 'format'");
  EXPECT_EQ(refused_file(packed(R"({"format":"1"})")).what, damaged + "'format' is \"1\"");
  EXPECT_EQ(refused_file(packed(R"({"format":0})")).what, damaged + "'format' is 0");
  EXPECT_EQ(refused_file(packed(R"({"format":1.0})")).what, damaged + "'format' is 1.0");
  EXPECT_NE(refused_file(packed(R"({"format":1,"format":1})")).what.find("duplicate key 'format'"), std::string::npos);
}

TEST(ModelContainer, SaysOfTheTensorsOfAnotherProgramThatTheyAreNoModel) {
  EXPECT_EQ(refused_file(to_safetensors({{{"w", {1}, std::vector<float>{1}}}, {{"format", "pt"}}})).what,
            "not a ffwd model: a safetensors file whose metadata have no 'ffwd'");
}

TEST(ModelContainer, RefusesMetadataThatItDoesNotKnowOrMiss) {
  EXPECT_EQ(refused_file(to_safetensors({{}, {{"ffwd", R"({"format":1})"}}})).what,
            "the model file is damaged: its metadata have no 'sha256'");
  EXPECT_EQ(refused_file(to_safetensors({{}, {{"ffwd", R"({"format":1})"}, {"note", ""}}})).what,
            "the model file is damaged: its metadata have an unknown key 'note'");
}

TEST(ModelContainer, NumbersThatAreNotFiniteAreNeitherReadNorWritten) {
  const std::vector<Tensor> infinite = {{"w", {2}, std::vector<float>{1, std::numeric_limits<float>::infinity()}}};
  const std::vector<Tensor> nan = {{"v", {1}, std::vector<double>{std::numeric_limits<double>::quiet_NaN()}}};
  EXPECT_EQ(refused_file(packed(R"({"format":1})", infinite)).what,
            "the model file is damaged: tensor 'w' holds a number that is not finite");
  EXPECT_EQ(refused_file(packed(R"({"format":1})", nan)).what,
            "the model file is damaged: tensor 'v' holds a number that is not finite");
  const Fault fault = refused([&] { (void)pack({Json{{"format", 1}}, infinite}); });
  EXPECT_EQ(fault.kind, ErrorKind::kInternal);
}

}  // namespace
}  // namespace ffwd
