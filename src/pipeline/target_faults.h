// What can be wrong with a target column, said the same way wherever it is noticed.
#pragma once

#include <cstddef>
#include <string>

#include "ffwd/table.h"
#include "pipeline/class_value.h"

namespace ffwd {

/// "target 'price'"
[[nodiscard]] std::string named_target(const std::string& name);

/// Regression needs numbers or booleans; otherwise names the type and the first cell that is none. A target that stands
/// alone could be predicted as classes instead.
void require_numeric_target(const Table& table, std::size_t column, bool is_alone = true);

/// Classification needs two classes.
void require_two_classes(const Table& table, std::size_t column, const Classes& classes);

/// A table to train on may be told to leave rows without a target out, one to measure on may not.
[[noreturn]] void raise_missing_target(const Table& table, std::size_t column, std::size_t row, bool may_drop);

/// Not one training row has a value.
[[noreturn]] void raise_no_target(const Table& table, std::size_t column);

/// A likelihood of counts wants whole numbers from 0 on.
[[noreturn]] void raise_no_count(const Table& table, std::size_t column, std::size_t row);

/// Several targets of two classes are 0 or 1 each.
[[noreturn]] void raise_no_bit(const Table& table, std::size_t column, std::size_t row);

[[noreturn]] void raise_infinite_target(const Table& table, std::size_t column, std::size_t row);

}  // namespace ffwd
