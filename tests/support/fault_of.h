// The Error that a call throws.
#pragma once

#include <gtest/gtest.h>

#include "ffwd/error.h"

namespace ffwd {

template <class Call>
Fault fault_of(Call call) {
  try {
    call();
  } catch (const Error& error) {
    return error.fault();
  }
  ADD_FAILURE() << "no Error was thrown";
  return {};
}

}  // namespace ffwd
