#include "table/csv_fault.h"

#include "core/raise.h"

namespace ffwd {

void refuse(const std::string& source, const CsvFault& fault) {
  raise({.kind = ErrorKind::kData,
         .what = fault.what,
         .where = source + ":" + std::to_string(fault.line) + ":" + std::to_string(fault.column),
         .fix = fault.fix});
}

}  // namespace ffwd
