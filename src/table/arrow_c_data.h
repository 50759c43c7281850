// The Arrow C data interface: how columns are handed over in memory between programs that do not know each other. Its
// three structs are an ABI and meant to be copied: https://arrow.apache.org/docs/format/CDataInterface.html. Below
// them, who owns what.
#pragma once

#include <cstdint>

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

constexpr std::int64_t kArrowFlagNullable = 2;  // ARROW_FLAG_NULLABLE of the specification

extern "C" {

struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  std::int64_t flags;
  std::int64_t n_children;
  ArrowSchema** children;
  ArrowSchema* dictionary;
  void (*release)(ArrowSchema*);
  void* private_data;
};

struct ArrowArray {
  std::int64_t length;
  std::int64_t null_count;
  std::int64_t offset;
  std::int64_t n_buffers;
  std::int64_t n_children;
  const void** buffers;
  ArrowArray** children;
  ArrowArray* dictionary;
  void (*release)(ArrowArray*);
  void* private_data;
};

}  // extern "C"

#endif  // ARROW_C_DATA_INTERFACE

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

extern "C" {

struct ArrowArrayStream {
  int (*get_schema)(ArrowArrayStream*, ArrowSchema* out);
  int (*get_next)(ArrowArrayStream*, ArrowArray* out);
  const char* (*get_last_error)(ArrowArrayStream*);
  void (*release)(ArrowArrayStream*);
  void* private_data;
};

}  // extern "C"

#endif  // ARROW_C_STREAM_INTERFACE

namespace ffwd {

/// One of the structs above, released at its end unless somebody else has taken it over (and marked it so, by a null
/// `release`). Starts as one that holds nothing.
template <class Struct>
class ArrowOwner {
 public:
  ArrowOwner() = default;
  ArrowOwner(const ArrowOwner&) = delete;
  ArrowOwner& operator=(const ArrowOwner&) = delete;
  ~ArrowOwner() { reset(); }

  [[nodiscard]] Struct* get() { return &held_; }
  [[nodiscard]] Struct* operator->() { return &held_; }
  [[nodiscard]] Struct& operator*() { return held_; }
  [[nodiscard]] bool holds() const { return held_.release != nullptr; }
  /// Releases what is held; then it holds nothing.
  void reset() {
    if (held_.release != nullptr) held_.release(&held_);
    held_ = Struct{};
  }

 private:
  Struct held_{};
};

}  // namespace ffwd
