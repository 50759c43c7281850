// Options from a file: the JSON object that --config names.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "cli/command.h"

namespace ffwd {

/// Sets each option of `command` that the file at `path` names and the command line does not (`is_given`). Its keys are
/// the options' long names without dashes, "-" or "_" between words; values are texts, numbers, true or false for
/// flags, and lists.
/// @throws Error(kUsage) no such file, no JSON object, an unknown key (with the nearest), an option given twice, a
/// value that the option refuses; each names the file, and the key where there is one.
void apply_config(const Command& command, std::string_view verb, const std::string& path,
                  const std::function<bool(const CommandOption&)>& is_given);

}  // namespace ffwd
