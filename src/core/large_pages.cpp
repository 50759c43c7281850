#include "core/large_pages.h"

#include <sys/mman.h>

#include <cstdint>

namespace ffwd {

void prefer_large_pages(void* begin, std::size_t n_bytes) {
  constexpr std::uintptr_t kLargePage = std::uintptr_t{1} << 21;
  // Only pages that lie within the bytes whole: what is beside them belongs to others.
  const auto start = (reinterpret_cast<std::uintptr_t>(begin) + kLargePage - 1) & ~(kLargePage - 1);
  const auto end = (reinterpret_cast<std::uintptr_t>(begin) + n_bytes) & ~(kLargePage - 1);
  if (start < end) static_cast<void>(madvise(reinterpret_cast<void*>(start), end - start, MADV_HUGEPAGE));
}

}  // namespace ffwd
