#include "ffwd/error.h"

#include "core/raise.h"

namespace ffwd {

Error::Error(Fault fault) : fault_(std::move(fault)) {
  if (!fault_.where.empty()) message_ = fault_.where + ": ";
  message_ += fault_.what;
  if (!fault_.fix.empty()) message_ += "\n  " + fault_.fix;
}

void raise(Fault fault) { throw Error(std::move(fault)); }

}  // namespace ffwd
