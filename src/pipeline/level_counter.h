// LevelCounter: how many rows have each text, over pieces of a column.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "ffwd/table.h"
#include "pipeline/pipeline.h"
#include "table/spelling.h"

namespace ffwd {

/// Whether the cells are codes into texts; else they are numbers, or nothing at all.
[[nodiscard]] bool has_codes(const Column& column);

struct LevelCount {
  std::string text;
  std::size_t n_rows = 0;
};

class LevelCounter {
 public:
  void add(const Column& column, std::span<const RowIndex> rows);

  /// Once all is added: where every text is a number, or every one a boolean, texts that are the same one become one
  /// (table/spelling.h). Where there is another text, or a code such as 007, they all stay.
  void merge_spellings();

  [[nodiscard]] std::size_t n_present() const { return n_present_; }
  [[nodiscard]] std::size_t n_missing() const { return n_missing_; }
  /// Most frequent first, equally frequent ones by their bytes: whatever the order of the rows was.
  [[nodiscard]] std::vector<LevelCount> sorted() const;

 private:
  void count(const std::string& text, std::size_t n_rows);
  bool respell(Respelling respelling);

  std::unordered_map<std::string, std::size_t> counts_;
  std::size_t n_present_ = 0;
  std::size_t n_missing_ = 0;
};

}  // namespace ffwd
