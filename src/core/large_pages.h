// Large pages for large arrays: memory that is written once, from front to end, costs more in page faults than in
// writing (measured at a third of the time of reading a CSV file).
#pragma once

#include <cstddef>

namespace ffwd {

/// Asks the system to back these bytes, which should not have been touched yet, with large pages. It need not, and
/// nothing but speed changes.
void prefer_large_pages(void* begin, std::size_t n_bytes);

}  // namespace ffwd
