#include "file/model_container.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

#include "core/names.h"
#include "file/refuse.h"
#include "file/sha256.h"

namespace ffwd {

namespace {

constexpr const char* kDescriptionKey = "ffwd";
constexpr const char* kChecksumKey = "sha256";

bool all_finite(const Tensor& tensor) {
  return std::visit(
      [](const auto& values) {
        return std::ranges::all_of(values, [](auto v) { return std::isfinite(static_cast<double>(v)); });
      },
      tensor.values);
}

std::vector<Tensor> widest_first(std::vector<Tensor> tensors) {
  std::vector<Tensor> ordered;
  ordered.reserve(tensors.size());
  for (const char* type : {"F64", "F32", "U8"})
    for (Tensor& tensor : tensors)
      if (tensor.type() == type) ordered.push_back(std::move(tensor));
  return ordered;
}

/// The text of the description; the file has it, or is no model.
const std::string& description_text(const TensorMetadata& metadata, const std::string& where) {
  const auto found = metadata.find(kDescriptionKey);
  if (found == metadata.end()) refuse_file(where, "not a ffwd model: a safetensors file whose metadata have no 'ffwd'");
  return found->second;
}

/// Looked at before all else, because a newer format may have other tensors and another checksum.
void check_format(const Json& description, const std::string& where) {
  if (!description.is_object() || !description.contains("format"))
    refuse_damaged(where, "its description has no 'format'");
  const Json& format = description["format"];
  if (!format.is_number_unsigned() || format == 0U)
    refuse_damaged(where, "its 'format' is " + shorten(dump_json(format)));
  if (format.get<std::uint64_t>() > kModelFormat)
    raise({.kind = ErrorKind::kModel,
           .what = "written by a newer ffwd (format " + dump_json(format) + "); this one reads format " +
                   std::to_string(kModelFormat),
           .where = where,
           .fix = "use a newer ffwd, or train the model anew with this one"});
}

void check_checksum(const SafetensorsHeader& header, const std::string& text, const std::string& where) {
  for (const auto& [key, value] : header.metadata)
    if (key != kDescriptionKey && key != kChecksumKey)
      refuse_damaged(where, "its metadata have an unknown key '" + shorten(key) + "'");
  const auto expected = header.metadata.find(kChecksumKey);
  if (expected == header.metadata.end()) refuse_damaged(where, "its metadata have no 'sha256'");
  Sha256 sha;
  sha.update(header.data);
  sha.update(text);
  if (sha.hex() != expected->second) refuse_damaged(where, "its bytes do not fit its checksum");
}

}  // namespace

std::string pack(ModelContainer model) {
  model.tensors = widest_first(std::move(model.tensors));
  const std::string text = dump_json(model.description);
  Sha256 sha;
  for (const Tensor& tensor : model.tensors) {
    if (!all_finite(tensor)) raise({.what = "a model was to be saved with '" + tensor.name + "' not finite"});
    sha.update(tensor.bytes());
  }
  sha.update(text);
  return to_safetensors({std::move(model.tensors), {{kDescriptionKey, text}, {kChecksumKey, sha.hex()}}});
}

ModelContainer unpack(std::string_view bytes, const std::string& where) {
  const SafetensorsHeader header = read_safetensors_header(bytes, where);
  const std::string& text = description_text(header.metadata, where);
  Json description = parse_json(text, ErrorKind::kModel, where + ": description");
  check_format(description, where);
  check_checksum(header, text, where);
  std::vector<Tensor> tensors = read_tensors(header, where);
  for (const Tensor& tensor : tensors)
    if (!all_finite(tensor))
      refuse_damaged(where, "tensor '" + shorten(tensor.name) + "' holds a number that is not finite");
  return {std::move(description), std::move(tensors)};
}

}  // namespace ffwd
