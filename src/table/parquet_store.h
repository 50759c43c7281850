// ParquetStore: a Parquet file whose cells are read when they are needed.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "ffwd/table.h"
#include "table/arrow_reader.h"
#include "table/column_store.h"

namespace ffwd {

class ParquetFile;

class ParquetStore final : public ColumnStore {
 public:
  /// A column that is read.
  struct Entry {
    std::size_t place;  ///< among all columns of the file
    ArrowKnown known;
  };
  /// `options`: with the types that the columns have as a whole, which each piece of them gets.
  ParquetStore(std::shared_ptr<const ParquetFile> file, std::vector<Entry> entries, ReadOptions options);

  [[nodiscard]] Column column(std::size_t k) const override;
  [[nodiscard]] std::size_t n_parts() const override;
  void read_part(std::size_t part, std::span<const std::size_t> columns, const TakePiece& take) const override;

 private:
  std::shared_ptr<const ParquetFile> file_;
  std::vector<Entry> entries_;
  ReadOptions options_;
};

/// Cells from which on a file is not read whole: as numbers they take a quarter of a gigabyte.
inline constexpr std::size_t kLargeTable = std::size_t{1} << 25;

/// read_table(); but of a Parquet file of at least `large` cells only the description is brought into memory, and the
/// cells of its columns stay where they are, is_stored. Each value is what read_table() gives, and so are the types and
/// the warnings, for which some columns are read through. The file must stay as it is.
/// @throws Error(kData) as read_table(); what is wrong with cells of columns of numbers, when they are read.
[[nodiscard]] Table open_table(const std::string& path, const ReadOptions& options = {},
                               std::size_t large = kLargeTable);

}  // namespace ffwd
