// NetworkSpec as JSON and back: the form it has in model files.
#pragma once

#include <string>

#include "core/json.h"
#include "ffwd/network.h"

namespace ffwd {

[[nodiscard]] Json network_json(const NetworkSpec& spec);

/// @throws Error(kModel) a key that is unknown or missing, a value of the wrong type.
/// @throws Error(kUsage) an invalid network, as NetworkSpec::validate() does.
[[nodiscard]] NetworkSpec network_from_json(const Json& json, std::size_t members, const std::string& where);

}  // namespace ffwd
