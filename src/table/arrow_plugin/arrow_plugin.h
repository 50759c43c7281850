// What the plugin for Parquet and Arrow files offers: a table in a file's bytes as a stream of arrays, and the way
// back; and a Parquet file that is read part by part. The plugin is the only code that links Apache Arrow; ffwd loads
// it when it meets such a file (table/arrow_file.h).
#pragma once

#include <cstddef>
#include <cstdint>

#include "table/arrow_c_data.h"

extern "C" {

/// Grows when a member or its meaning changes. A plugin of another number is not used.
constexpr int kFfwdArrowPluginVersion = 2;

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

/// A Parquet file that stays where it is. What is in it belongs to the plugin until `release(owner)`.
struct FfwdParquetFile {
  std::size_t n_columns;               ///< of the table; one may be a list or a structure
  std::size_t n_groups;                ///< of rows
  const std::int64_t* rows_of_groups;  ///< [n_groups]
  void* owner;
  void (*release)(void* owner);
};

/// All functions return 0, or another number and the reason in `fault`; none throws.
struct FfwdArrowPlugin {
  int version;
  const char* library;  ///< "Arrow 26.0.1"
  /// The table in `size` bytes, which must stay as they are until `out` and all arrays from it are released.
  int (*open)(int format, const void* bytes, std::size_t size, ArrowArrayStream* out, FfwdArrowFault* fault);
  /// Takes `in` over, whether it succeeds or not.
  int (*write)(int format, ArrowArrayStream* in, FfwdArrowBytes* out, FfwdArrowFault* fault);
  /// The file at `path`, of which no more than its description is read.
  int (*open_parquet)(const char* path, FfwdParquetFile* out, FfwdArrowFault* fault);
  /// The columns at `columns`, rising, of the rows of `n_groups` groups from `first_group` on; some tens of thousands
  /// of rows are held at a time. Thread-safe; `out` may outlive `file`.
  int (*read_parquet)(const FfwdParquetFile* file, const std::size_t* columns, std::size_t n_columns,
                      std::size_t first_group, std::size_t n_groups, ArrowArrayStream* out, FfwdArrowFault* fault);
};

/// The one function the plugin exports.
constexpr const char* kFfwdArrowPluginSymbol = "ffwd_arrow_plugin";
using FfwdArrowPluginFunction = const FfwdArrowPlugin* (*)();

}  // extern "C"
