// A model file as `ffwd inspect` shows it.
#pragma once

#include "cli/console.h"
#include "core/json.h"
#include "ffwd/model.h"

namespace ffwd {

/// The description in the model file, and "parameters": how many weights and biases it has.
[[nodiscard]] Json model_json(const Model& model);

/// Target, features, network, how it was trained, and its metrics then.
void print_model(const Console& console, const Model& model);

}  // namespace ffwd
