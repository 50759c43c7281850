// How a model file is refused: every message of this folder about one ends in the same two ways.
#pragma once

#include <string>
#include <utility>

#include "core/raise.h"

namespace ffwd {

/// The file is something else, or one that cannot be read here.
[[noreturn]] inline void refuse_file(const std::string& where, std::string what) {
  raise({.kind = ErrorKind::kModel,
         .what = std::move(what),
         .where = where,
         .fix = "give a model file, one that 'ffwd train' wrote"});
}

/// The file was a model once, as far as can be seen.
[[noreturn]] inline void refuse_damaged(const std::string& where, const std::string& how) {
  raise({.kind = ErrorKind::kModel,
         .what = "the model file is damaged: " + how,
         .where = where,
         .fix = "copy it again from where it came from, or train the model anew"});
}

}  // namespace ffwd
