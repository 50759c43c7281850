// What the plugin for Parquet and Arrow files offers: a table in a file's bytes as a stream of arrays, and the way
// back. The plugin is the only code that links Apache Arrow; ffwd loads it when it meets such a file
// (table/arrow_file.h).
#pragma once

#include <cstddef>
#include <cstdint>

#include "table/arrow_c_data.h"

extern "C" {

/// Grows when a member or its meaning changes. A plugin of another number is not used.
constexpr int kFfwdArrowPluginVersion = 1;

enum FfwdArrowFormat : int {
  kFfwdParquet = 0,
  kFfwdArrowFile = 1,    ///< Arrow IPC with a footer; Feather version 2 is the same
  kFfwdArrowStream = 2,  ///< Arrow IPC without
};

/// Bytes that the plugin owns until `release(owner)`.
struct FfwdArrowBytes {
  const void* data;
  std::size_t size;
  void* owner;
  void (*release)(void* owner);
};

/// A reason in words, ended by a zero.
struct FfwdArrowFault {
  char text[1024];
};

/// Both functions return 0, or another number and the reason in `fault`; neither throws.
struct FfwdArrowPlugin {
  int version;
  const char* library;  ///< "Arrow 26.0.1"
  /// The table in `size` bytes, which must stay as they are until `out` and all arrays from it are released.
  int (*open)(int format, const void* bytes, std::size_t size, ArrowArrayStream* out, FfwdArrowFault* fault);
  /// Takes `in` over, whether it succeeds or not.
  int (*write)(int format, ArrowArrayStream* in, FfwdArrowBytes* out, FfwdArrowFault* fault);
};

/// The one function the plugin exports.
constexpr const char* kFfwdArrowPluginSymbol = "ffwd_arrow_plugin";
using FfwdArrowPluginFunction = const FfwdArrowPlugin* (*)();

}  // extern "C"
