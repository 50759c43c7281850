// A column's values laid out as Arrow has them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "ffwd/table.h"

namespace ffwd {

struct ArrowPacked {
  std::string name, format;  ///< the format as in the C data interface
  std::int64_t n_rows = 0;
  std::int64_t n_missing = 0;
  std::vector<std::vector<std::byte>> buffers;  ///< as the format has them; an empty first one = no row is missing
};

/// The types are those of write_arrow (table/arrow_writer.h).
[[nodiscard]] ArrowPacked pack_column(const Column& column);

}  // namespace ffwd
