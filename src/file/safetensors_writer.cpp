// Writing safetensors.
#include <array>
#include <bit>
#include <string_view>
#include <unordered_set>

#include "core/json.h"
#include "core/raise.h"
#include "file/safetensors.h"

namespace ffwd {

static_assert(std::endian::native == std::endian::little, "values are copied to and from files as they lie in memory");

namespace {

/// Where the tensors' bytes start is a multiple of this: what a cache line and the widest vectors want of a reader
/// that maps the file.
constexpr std::size_t kAlignment = 64;
constexpr std::size_t kLengthBytes = 8;
constexpr std::string_view kMetadataKey = "__metadata__";

Json header_of(const TensorFile& file) {
  Json header = Json::object();
  std::unordered_set<std::string_view> names = {kMetadataKey};
  if (!file.metadata.empty()) header[std::string(kMetadataKey)] = file.metadata;
  std::size_t begin = 0;
  for (const Tensor& tensor : file.tensors) {
    if (!names.insert(tensor.name).second) raise({.what = "two tensors are called '" + tensor.name + "'"});
    const std::size_t end = begin + tensor.bytes().size();
    add_member(header, tensor.name,
               {{"dtype", tensor.type()}, {"shape", tensor.shape}, {"data_offsets", {begin, end}}});
    begin = end;
  }
  return header;
}

std::string padded_header(const TensorFile& file) {
  std::string header = dump_json(header_of(file));
  header.append((kAlignment - (kLengthBytes + header.size()) % kAlignment) % kAlignment, ' ');
  if (header.size() > kMaxHeaderBytes)
    raise({.kind = ErrorKind::kOutput,
           .what = "the model's description would take " + std::to_string(header.size()) +
                   " bytes, more than the 16777216 that a model file may have",
           .fix = "use fewer columns, or columns with fewer and shorter values (--drop)"});
  return header;
}

}  // namespace

std::string_view Tensor::type() const {
  constexpr std::array<std::string_view, 3> kTypes = {"F32", "F64", "U8"};
  return kTypes[values.index()];
}

std::string_view Tensor::bytes() const {
  return std::visit(
      [](const auto& v) { return std::string_view(reinterpret_cast<const char*>(v.data()), v.size() * sizeof(v[0])); },
      values);
}

std::string to_safetensors(const TensorFile& file) {
  const std::string header = padded_header(file);
  std::string bytes;
  std::size_t n_bytes = kLengthBytes + header.size();
  for (const Tensor& tensor : file.tensors) n_bytes += tensor.bytes().size();
  bytes.reserve(n_bytes);
  for (std::size_t i = 0; i < kLengthBytes; ++i) bytes += static_cast<char>(header.size() >> (8 * i) & 0xFF);
  bytes += header;
  for (const Tensor& tensor : file.tensors) bytes += tensor.bytes();
  return bytes;
}

}  // namespace ffwd
