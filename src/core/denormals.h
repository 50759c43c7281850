// Denormal numbers as zero while training: late moments of Adam become denormal, and arithmetic on them is many times
// slower. The caller's mode comes back with the end of the scope.
#pragma once

#include <cstdint>

namespace ffwd {

class FlushDenormals {
 public:
  FlushDenormals();
  ~FlushDenormals();
  FlushDenormals(const FlushDenormals&) = delete;
  FlushDenormals& operator=(const FlushDenormals&) = delete;

 private:
  std::uint64_t before_;
};

}  // namespace ffwd
