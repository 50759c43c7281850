// What is wrong with a text file, and where.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace ffwd {

struct CsvFault {
  std::uint64_t line = 0;  ///< physical, from 1
  std::size_t column = 0;  ///< field number, from 1
  std::string what;
  std::string fix;
};

/// Raises the fault as Error(kData) at SOURCE:LINE:COLUMN.
[[noreturn]] void refuse(const std::string& source, const CsvFault& fault);

}  // namespace ffwd
