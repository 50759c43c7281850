// Columns named on the command line.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "ffwd/network.h"
#include "ffwd/table.h"

namespace ffwd {

/// The columns that the texts of an option such as --drop or --keep mean in `table`: a text that is a column's name is
/// that column, commas and all; any other is a list separated by commas. Whether they exist is not looked at.
[[nodiscard]] std::vector<std::string> columns_named(std::span<const std::string> texts, const Table& table);

/// The same for texts such as "shop=4,city": what is no column's name may have a size behind it.
/// @throws Error(kUsage) a size that is none
[[nodiscard]] std::vector<EmbeddedColumn> embedded_columns(const std::string& option,
                                                           std::span<const std::string> texts, const Table& table);

/// All names that the texts could mean in some table, for what is to be known before the table is read.
[[nodiscard]] std::vector<std::string> columns_maybe_named(std::span<const std::string> texts);

/// The index of every name. @throws Error(kData) names the option, the name and the nearest there is.
[[nodiscard]] std::vector<std::size_t> find_columns(const std::string& option, std::span<const std::string> names,
                                                    const Table& table);

}  // namespace ffwd
