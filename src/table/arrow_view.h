// A part of one Arrow array, looked at with care: the array may come from anywhere. What can be checked is: sizes,
// counts, null pointers, offsets that run backwards or past the last one. The interface does not say how long a buffer
// is, so whoever hands over an array vouches for that.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "table/arrow_c_data.h"
#include "table/arrow_type.h"

namespace ffwd {

/// A column of a source, for messages.
struct ArrowPlace {
  std::string source, column;
  std::size_t first_row = 0;  ///< of a piece of a larger table: the rows that stand before it

  /// "FILE: row 17"; rows from 0 here, from 1 there. What is wrong with it names the column.
  [[nodiscard]] std::string row(std::size_t row) const;
  /// The arrays of the column contradict themselves. @throws Error(kData)
  [[noreturn]] void refuse_damaged(std::string_view what) const;
};

class ArrowView {
 public:
  /// Rows [start, start + n_rows) of `array`, which is of type `type`. @throws Error(kData) it cannot be.
  ArrowView(const ArrowArray& array, const ArrowType& type, std::int64_t start, std::int64_t n_rows,
            const ArrowPlace& place);

  [[nodiscard]] std::int64_t n_rows() const { return n_rows_; }

  [[nodiscard]] bool is_missing(std::int64_t row) const {
    return all_missing_ || (valid_ != nullptr && !bit(valid_, first_ + row));
  }

  /// Values of a fixed number of bytes. Buffers need not be aligned.
  template <class T>
  [[nodiscard]] T value(std::int64_t row) const {
    T value;
    std::memcpy(&value, bytes(row, sizeof value), sizeof value);
    return value;
  }
  /// Where the `n_bytes` of a value start.
  [[nodiscard]] const std::byte* bytes(std::int64_t row, std::size_t n_bytes) const {
    return values_ + static_cast<std::size_t>(first_ + row) * n_bytes;
  }
  [[nodiscard]] bool boolean(std::int64_t row) const { return bit(values_, first_ + row); }
  /// A text of type kText or kTextView. @throws Error(kData) it lies outside its buffer.
  [[nodiscard]] std::string_view text(std::int64_t row) const;

 private:
  static bool bit(const std::byte* bits, std::int64_t at) {
    return (std::to_integer<unsigned>(bits[at / 8]) >> (at % 8) & 1u) != 0;
  }
  void check_shape(const ArrowArray& array, std::int64_t start) const;
  void find_buffers(const ArrowArray& array);
  [[nodiscard]] std::int64_t offset(std::int64_t at) const;
  [[nodiscard]] std::string_view text_at_offsets(std::int64_t row) const;
  [[nodiscard]] std::string_view text_view(std::int64_t row) const;

  const ArrowPlace* place_;
  ArrowType type_;
  std::int64_t first_ = 0;
  std::int64_t n_rows_;
  bool all_missing_ = false;
  const std::byte* valid_ = nullptr;   ///< null = no row is missing
  const std::byte* values_ = nullptr;  ///< values, offsets or views
  const std::byte* texts_ = nullptr;
  std::int64_t last_offset_ = 0;
  const void* const* view_buffers_ = nullptr;
  std::int64_t n_view_buffers_ = 0;
  const std::byte* view_sizes_ = nullptr;
};

}  // namespace ffwd
