// Telling CSV text from the other kinds of files that end up with a .csv name.
#pragma once

#include <string>
#include <string_view>

namespace ffwd {

/// @throws Error(kData) if the bytes begin like UTF-16 text, an archive, a spreadsheet or another binary table.
void refuse_other_kinds(std::string_view bytes, const std::string& source);

}  // namespace ffwd
