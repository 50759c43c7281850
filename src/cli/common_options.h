// Options that several verbs have, in one wording.
#pragma once

#include <string>
#include <vector>

#include "cli/command.h"

namespace ffwd {

void declare_delimiter(Command& command, char& into);
/// `marks` stays empty unless the option is given.
void declare_missing(Command& command, std::vector<std::string>& marks);
void declare_threads(Command& command, unsigned& into);
void declare_json(Command& command, bool& into);

/// The path to read for the DATA that was given: "-" is standard input.
[[nodiscard]] std::string data_path(const std::string& given);

}  // namespace ffwd
