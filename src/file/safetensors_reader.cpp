// Reading safetensors. Nothing in the file is believed: every length, offset and product is checked before it is used,
// and no value is copied before all tensors have been checked.
#include <cstdint>
#include <cstring>
#include <optional>
#include <utility>

#include "core/checked.h"
#include "core/names.h"
#include "file/refuse.h"
#include "file/safetensors.h"

namespace ffwd {

namespace {

constexpr std::size_t kLengthBytes = 8;
constexpr std::string_view kMetadataKey = "__metadata__";

/// Where a tensor lies; checked.
struct Place {
  std::string name;
  const struct Type* type = nullptr;
  std::vector<std::size_t> shape;
  std::size_t n_values = 0;
  std::string_view bytes;
};

template <class T>
TensorValues copied(const Place& place) {
  std::vector<T> values(place.n_values);
  if (!values.empty()) std::memcpy(values.data(), place.bytes.data(), place.bytes.size());
  return values;
}

struct Type {
  std::string_view name;
  std::size_t bytes;  ///< of a value
  TensorValues (*copy)(const Place& place);
};
constexpr Type kTypes[] = {
    {"F32", sizeof(float), copied<float>}, {"F64", sizeof(double), copied<double>}, {"U8", 1, copied<std::uint8_t>}};

const Type* find_type(const Json& json) {
  for (const Type& type : kTypes)
    if (json == type.name) return &type;
  return nullptr;
}

std::uint64_t little_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = bytes.size(); i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

/// The header's text. A file that does not have its length and then '{' in front is something else altogether.
std::string_view header_text(std::string_view bytes, const std::string& where) {
  if (bytes.empty()) refuse_file(where, "not a ffwd model: the file is empty");
  if (bytes.size() <= kLengthBytes || bytes[kLengthBytes] != '{')
    refuse_file(where, "not a ffwd model: it does not start as a safetensors file does");
  const std::uint64_t n_bytes = little_endian(bytes.substr(0, kLengthBytes));
  if (n_bytes > kMaxHeaderBytes)
    refuse_file(where, "its header would be " + std::to_string(n_bytes) + " bytes long; a model file has at most " +
                           std::to_string(kMaxHeaderBytes));
  const std::string_view rest = bytes.substr(kLengthBytes);
  if (n_bytes > rest.size())
    refuse_damaged(where, "it ends inside its header, after " + std::to_string(bytes.size()) + " bytes");
  return rest.substr(0, static_cast<std::size_t>(n_bytes));
}

TensorMetadata metadata_of(const Json& json, const std::string& where) {
  if (!json.is_object()) refuse_damaged(where, "its __metadata__ is no object");
  TensorMetadata metadata;
  for (const auto& [key, value] : json.items()) {
    if (!value.is_string()) refuse_damaged(where, "its metadata '" + shorten(key) + "' is no text");
    metadata.emplace(key, value.get_ref<const std::string&>());
  }
  return metadata;
}

std::optional<std::size_t> size_of(const Json& json) {
  if (!json.is_number_unsigned() || !std::in_range<std::size_t>(json.get<std::uint64_t>())) return std::nullopt;
  return json.get<std::size_t>();
}

/// A list of sizes, or nothing if it is anything else.
std::optional<std::vector<std::size_t>> sizes_of(const Json& json) {
  if (!json.is_array()) return std::nullopt;
  std::vector<std::size_t> sizes;
  for (const Json& item : json) {
    const auto size = size_of(item);
    if (!size) return std::nullopt;
    sizes.push_back(*size);
  }
  return sizes;
}

/// Bytes that an array of this shape takes; no file could hold what does not fit.
CheckedSize bytes_of(const std::vector<std::size_t>& shape, std::size_t value_bytes) {
  CheckedSize n_bytes = value_bytes;
  for (const std::size_t size : shape) n_bytes *= size;
  return n_bytes;
}

/// Checks one entry of the header; the tensor's bytes have to begin where the one before it ended.
Place place_of(const std::string& name, const Json& entry, std::size_t begin, std::string_view data,
               const std::string& where) {
  const std::string tensor = "tensor '" + shorten(name) + "' ";
  for (const char* key : {"dtype", "shape", "data_offsets"})
    if (!entry.is_object() || !entry.contains(key)) refuse_damaged(where, tensor + "has no " + key);
  if (entry.size() != 3) refuse_damaged(where, tensor + "has keys that the format does not know");

  const Json& type = entry["dtype"];
  const Type* const known = find_type(type);
  if (known == nullptr)
    refuse_file(where, tensor + "is of type " + shorten(dump_json(type)) + "; known are F32, F64 and U8");
  const auto shape = sizes_of(entry["shape"]);
  if (!shape) refuse_damaged(where, tensor + "has a shape that is no list of sizes");
  const auto offsets = sizes_of(entry["data_offsets"]);
  if (!offsets || offsets->size() != 2 || offsets->front() > offsets->back())
    refuse_damaged(where, tensor + "has data_offsets that are no begin and end");
  if (offsets->front() != begin) refuse_damaged(where, tensor + "does not begin where the one before it ends");
  if (offsets->back() > data.size()) refuse_damaged(where, tensor + "ends after the end of the file");

  const std::size_t n_bytes = offsets->back() - begin;
  const CheckedSize needed = bytes_of(*shape, known->bytes);
  if (!needed.fits() || needed.value() != n_bytes)
    refuse_damaged(where, tensor + "has a shape that does not fit its bytes");
  return {name, known, *shape, n_bytes / known->bytes, data.substr(begin, n_bytes)};
}

}  // namespace

SafetensorsHeader read_safetensors_header(std::string_view bytes, const std::string& where) {
  const std::string_view text = header_text(bytes, where);
  SafetensorsHeader header{.metadata = {}, .tensors = Json::object(), .data = bytes.substr(kLengthBytes + text.size())};
  Json json = parse_json(text, ErrorKind::kModel, where + ": header");
  // The text starts with '{', so it is an object.
  for (auto& [key, value] : json.get_ref<Json::object_t&>()) {
    if (key == kMetadataKey)
      header.metadata = metadata_of(value, where);
    else
      add_member(header.tensors, key, std::move(value));
  }
  return header;
}

std::vector<Tensor> read_tensors(const SafetensorsHeader& header, const std::string& where) {
  std::vector<Place> places;
  std::size_t end = 0;
  for (const auto& [name, entry] : header.tensors.items()) {
    places.push_back(place_of(name, entry, end, header.data, where));
    end += places.back().bytes.size();
  }
  if (end != header.data.size())
    refuse_damaged(where, std::to_string(header.data.size() - end) + " bytes follow the last tensor");
  std::vector<Tensor> tensors;
  tensors.reserve(places.size());
  for (Place& place : places) {
    TensorValues values = place.type->copy(place);
    tensors.push_back({std::move(place.name), std::move(place.shape), std::move(values)});
  }
  return tensors;
}

TensorFile from_safetensors(std::string_view bytes, const std::string& where) {
  SafetensorsHeader header = read_safetensors_header(bytes, where);
  std::vector<Tensor> tensors = read_tensors(header, where);
  return {std::move(tensors), std::move(header.metadata)};
}

}  // namespace ffwd
