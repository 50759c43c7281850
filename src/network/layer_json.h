// One layer as JSON: in model files all is said, in what a user writes much may be left open.
#pragma once

#include "core/json.h"
#include "core/json_reader.h"
#include "ffwd/network.h"

namespace ffwd {

enum class LayerJson {
  kWhole,  ///< name, type, from, size and unit are there
  kDraft,  ///< type, from, size and unit may be missing: "dense", none, 0 and "identity"
};

/// Options stand beside the keys of every layer where they are not the usual ones.
[[nodiscard]] Json layer_json(const LayerSpec& layer);

/// @throws Error(kModel) a key that is unknown or missing, a value of the wrong type.
[[nodiscard]] LayerSpec layer_from_json(const JsonReader& json, LayerJson form);

}  // namespace ffwd
