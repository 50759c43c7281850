// Codes texts while a column is read: each distinct one is stored once, in order of first appearance.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "ffwd/table.h"

namespace ffwd {

class TextCoder {
 public:
  explicit TextCoder(std::size_t n_rows = 0) { reserve(n_rows); }

  /// Makes room for the codes of `n_rows` rows in all.
  void reserve(std::size_t n_rows) { coded_.codes.reserve(n_rows); }

  /// The next row holds `text`.
  void add(std::string_view text) { coded_.codes.push_back(code_of(text)); }
  /// The next row, or the next `n_rows`, hold nothing.
  void add_missing() { coded_.codes.push_back(-1); }
  void add_missing(std::size_t n_rows) { coded_.codes.resize(coded_.codes.size() + n_rows, -1); }
  /// The next row holds the text of a code that code_of() has given.
  void add_code(std::int32_t code) { coded_.codes.push_back(code); }

  /// The rows of `next` follow.
  void append(const TextCoder& next);

  /// The code of `text`, a new one if it is met for the first time.
  [[nodiscard]] std::int32_t code_of(std::string_view text);
  [[nodiscard]] std::size_t n_rows() const { return coded_.codes.size(); }
  [[nodiscard]] std::size_t n_levels() const { return coded_.levels.size(); }

  [[nodiscard]] Coded take() && { return std::move(coded_); }

 private:
  struct Slot {
    std::uint32_t hash;
    std::int32_t code;  ///< -1 = free
  };

  void grow();

  Coded coded_;
  std::vector<Slot> slots_;  ///< open addressing; the size is a power of two
};

}  // namespace ffwd
