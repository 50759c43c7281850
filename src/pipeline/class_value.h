// Classes of a target column: which cells are the same class, and what each class is called.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "ffwd/table.h"
#include "pipeline/pipeline.h"

namespace ffwd {

/// What makes two cells the same class: numbers by value (1 and 1.0 are one class; false and true are 0 and 1), all
/// else by its bytes. Whole numbers that fit are always held as integers.
using ClassValue = std::variant<std::int64_t, double, std::string>;

[[nodiscard]] ClassValue class_value(double number);

/// Numbers rising, then text by bytes.
[[nodiscard]] bool precedes(const ClassValue& a, const ClassValue& b);

/// Whether classes of a target of this type go by their value as numbers.
[[nodiscard]] bool has_numeric_classes(ColumnType type);

/// The cell's class if the target is of type `as`; nothing if it is missing.
[[nodiscard]] std::optional<ClassValue> class_in(const Column& column, std::size_t row, ColumnType as);

struct Classes {
  std::vector<ClassValue> values;  ///< rising
  std::vector<std::string> names;  ///< texts as written; numbers and booleans in their one spelling (table/spelling.h)
};

/// The classes in `rows`; missing cells are passed over.
[[nodiscard]] Classes collect_classes(const Column& column, std::span<const RowIndex> rows);

/// Index of each of `rows`' class in `values` (rising); -1 if it is not there, which a missing cell never is.
[[nodiscard]] std::vector<std::int32_t> find_classes(const Column& column, std::span<const RowIndex> rows,
                                                     ColumnType as, std::span<const ClassValue> values);

}  // namespace ffwd
