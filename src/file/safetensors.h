// safetensors: named arrays in one file that many programs open.
//
// Source: the format's description, https://github.com/huggingface/safetensors#format: 8 bytes with the header's
// length, little-endian; the header, a JSON object padded with spaces; the arrays' bytes without gaps.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/json.h"

namespace ffwd {

constexpr std::size_t kMaxHeaderBytes = std::size_t{16} << 20;

/// Row-major; which of them it is, is the tensor's type: F32, F64 or U8.
using TensorValues = std::variant<std::vector<float>, std::vector<double>, std::vector<std::uint8_t>>;

struct Tensor {
  std::string name;
  std::vector<std::size_t> shape;  ///< its product is the number of values; {} is a single number
  TensorValues values;

  /// "F32", "F64" or "U8".
  [[nodiscard]] std::string_view type() const;
  /// The values as they lie in memory and in the file.
  [[nodiscard]] std::string_view bytes() const;
};

using TensorMetadata = std::map<std::string, std::string>;

struct TensorFile {
  std::vector<Tensor> tensors;  ///< in the order of their bytes
  TensorMetadata metadata;
};

/// The file's bytes: equal files give equal bytes. The tensors' bytes start at a multiple of 64.
/// @throws Error(kOutput) the header would be over 16 MiB.
[[nodiscard]] std::string to_safetensors(const TensorFile& file);

/// A header whose form is sound. It points into the file's bytes.
struct SafetensorsHeader {
  TensorMetadata metadata;
  Json tensors;           ///< the header's entries as they stand; read_tensors checks them
  std::string_view data;  ///< what follows the header
};

/// Reads a file's header, and of its tensors nothing yet: whoever wrote it in a newer way may have put types there
/// that are not known here. `where` names the file in messages.
/// @throws Error(kModel) not a safetensors file, truncated, a header over 16 MiB, not JSON, or with metadata that are
/// not texts.
[[nodiscard]] SafetensorsHeader read_safetensors_header(std::string_view bytes, const std::string& where);

/// Copies the tensors, after all of them have been checked.
/// @throws Error(kModel) a type other than F32, F64 and U8, bytes out of the file or out of order, with gaps, overlaps
/// or a rest, a shape that does not fit the bytes, unknown keys.
[[nodiscard]] std::vector<Tensor> read_tensors(const SafetensorsHeader& header, const std::string& where);

/// Both.
[[nodiscard]] TensorFile from_safetensors(std::string_view bytes, const std::string& where);

}  // namespace ffwd
