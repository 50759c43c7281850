// Finding out what separates the fields of a CSV text.
#pragma once

#include <string_view>

namespace ffwd {

/// The one of , ; tab and | for which most of the first 100 records after the header have as many fields as it (at
/// least two); among equals the one that gives more fields, then the first of this order. ',' if none gives two.
/// `text` as for CsvRecords.
[[nodiscard]] char find_delimiter(std::string_view text);

}  // namespace ffwd
