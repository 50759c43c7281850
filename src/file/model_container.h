// The .ffwd container: a JSON description and named arrays in one safetensors file, with a checksum over both.
// docs/model-format.md is the format's definition.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "file/safetensors.h"

namespace ffwd {

/// The format that this version writes, and the newest it reads.
constexpr unsigned kModelFormat = 1;

/// What a model file holds. `description` is the value of its metadata key `ffwd`; its member `format` is kModelFormat.
struct ModelContainer {
  Json description;
  std::vector<Tensor> tensors;
};

/// The bytes of the model file: equal containers give equal bytes. F64 tensors go first, so that each tensor begins at
/// a multiple of its values' size, as readers that map the file want; else the order is kept.
/// @throws Error(kOutput) a description that does not fit the 16 MiB of a header.
[[nodiscard]] std::string pack(ModelContainer model);

/// @throws Error(kModel) whatever from_safetensors refuses; no ffwd model; of a newer format; a checksum that does not
/// fit; a number that is not finite. `where` names the file.
[[nodiscard]] ModelContainer unpack(std::string_view bytes, const std::string& where);

}  // namespace ffwd
