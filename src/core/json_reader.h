// JsonReader: takes a JSON object apart strictly: every key known, every value of its type, nothing left over.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"

namespace ffwd {

/// Whose fault it is if the JSON is not as it should be.
struct JsonBlame {
  ErrorKind kind = ErrorKind::kModel;
  std::string_view owner = "the model";
  std::string_view fix = "the file is damaged, or was not written by ffwd; train the model again";
};

/// Wraps one object. Every member raises an Error that names the path of the key ("network.layers[hidden1].size").
class JsonReader {
 public:
  /// `path` is how messages call this object. Raises if `json` is not an object.
  JsonReader(const Json& json, std::string where, std::string path, const JsonBlame& blame = {});

  /// Raises on a key that is not among `known`.
  void only(std::span<const std::string_view> known) const;
  void only(std::initializer_list<std::string_view> known) const { only(std::span(known.begin(), known.end())); }

  [[nodiscard]] bool has(std::string_view key) const { return json_->contains(key); }
  [[nodiscard]] const Json& value(std::string_view key) const;  ///< raises if there is none
  [[nodiscard]] std::string text(std::string_view key) const;
  [[nodiscard]] std::size_t count(std::string_view key, std::size_t least = 0) const;  ///< whole, up to 2^53
  [[nodiscard]] double number(std::string_view key) const;                             ///< finite
  [[nodiscard]] std::vector<std::string> texts(std::string_view key) const;
  [[nodiscard]] JsonReader object(std::string_view key) const;
  [[nodiscard]] std::vector<JsonReader> objects(std::string_view key) const;

  [[noreturn]] void refuse(std::string_view key, const std::string& why) const;
  [[nodiscard]] const std::string& where() const { return where_; }

 private:
  const Json* json_;
  std::string where_, path_;
  JsonBlame blame_;
};

}  // namespace ffwd
