// Counts what training steps must not do: this executable's operator new and pthread_mutex_lock are replaced
// (counting_test.cpp).
#pragma once

#include <cstddef>

namespace ffwd {

/// Since the program started.
struct Counts {
  std::size_t allocations = 0;  ///< on all threads
  std::size_t locks = 0;        ///< on this thread: those of the pool lock when they wake, whenever that is
};

[[nodiscard]] Counts counted();

/// What happens from here on.
class Since {
 public:
  [[nodiscard]] std::size_t allocations() const { return counted().allocations - start_.allocations; }
  [[nodiscard]] std::size_t locks() const { return counted().locks - start_.locks; }

 private:
  Counts start_ = counted();
};

}  // namespace ffwd
