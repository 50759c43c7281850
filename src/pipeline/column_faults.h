// What can be wrong with a column, said the same way by everyone who meets it.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "ffwd/table.h"
#include "pipeline/pipeline.h"

namespace ffwd {

/// "column 'rooms'"
[[nodiscard]] std::string named_column(std::string_view name);

/// The table lacks these columns (at least one): names them, and for each the nearest name it has.
[[noreturn]] void raise_missing_columns(const Table& table, std::span<const std::string> names);

/// One of `columns` holds an infinite number in one of `rows`: names the first such cell of the file.
[[noreturn]] void raise_first_infinite(const Table& table, std::span<const std::size_t> columns,
                                       std::span<const RowIndex> rows);

/// The cell is not `expected` ("a number").
[[noreturn]] void raise_unreadable_cell(const Table& table, std::size_t column, std::size_t row,
                                        std::string_view expected);

/// What an encoder can read.
struct Readable {
  std::span<const ColumnType> types;  ///< besides columns without any value
  std::string_view expected;          ///< "a number"
  bool (*fits)(const std::string& cell);
};

/// Integers, numbers and booleans.
[[nodiscard]] const Readable& readable_as_number();

/// The first row whose cell is neither missing nor fits by itself; else the first that is not missing; else nothing.
[[nodiscard]] std::optional<std::size_t> first_unreadable(const Column& column, const Readable& readable);

/// The row that require_readable would name; nothing if the column can be read.
[[nodiscard]] std::optional<std::size_t> unreadable_row(const Table& table, std::size_t column,
                                                        const Readable& readable);

/// Checks the type of a column as a whole. If it does not do, names the first cell that does not fit by itself: in a
/// column of numbers that one word turned into text, that word.
void require_readable(const Table& table, std::size_t column, const Readable& readable);

}  // namespace ffwd
