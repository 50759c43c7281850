#include "network/network_json.h"

#include <gtest/gtest.h>

#include "support/random_network.h"

namespace ffwd {
namespace {

std::string refusal(const Json& json, ErrorKind kind = ErrorKind::kModel) {
  try {
    (void)network_from_json(json, 1, "m.ffwd");
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), kind);
    return error.what();
  }
  return "";
}

TEST(NetworkJson, ComesBackAsItWas) {
  const NetworkSpec spec = dense_network(5, {8, 3}, {"softplus", "tanh"}, 2);
  EXPECT_EQ(network_from_json(network_json(spec), 1, "m.ffwd"), spec);
}

TEST(NetworkJson, OfAnyGraphComesBackAsItWas) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const NetworkSpec spec = RandomNetwork(seed).make();
    EXPECT_EQ(network_from_json(parse_json(network_json(spec).dump(), ErrorKind::kModel, "m"), 1, "m.ffwd"), spec);
  }
}

TEST(NetworkJson, RefusesUnknownKeysWrongTypesAndInvalidNetworks) {
  const Json good = network_json(dense_network(5, {8}, {"relu"}, 1));
  Json json = good;
  json["layers"][0]["slope"] = 1;
  EXPECT_NE(refusal(json).find("'network.layers[hidden1].slope' is not known"), std::string::npos);
  json = good;
  json["layers"][0]["size"] = -8;
  EXPECT_NE(refusal(json).find("'network.layers[hidden1].size' must be a whole number"), std::string::npos);
  json = good;
  json["layers"][0].erase("unit");
  EXPECT_NE(refusal(json).find("'network.layers[hidden1].unit' is missing"), std::string::npos);
  json = good;
  json["layers"][0]["unit"] = "rellu";
  EXPECT_NE(refusal(json, ErrorKind::kUsage).find("unknown unit 'rellu'"), std::string::npos);
  EXPECT_NE(refusal(Json(3)).find("must be an object"), std::string::npos);
}

}  // namespace
}  // namespace ffwd
