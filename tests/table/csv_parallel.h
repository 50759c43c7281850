// Reading one text in several ways, which must all say the same.
#pragma once

#include <gtest/gtest.h>

#include <cstring>
#include <string>

#include "reading.h"
#include "table/csv_reader.h"
#include "table/table_json.h"

namespace ffwd {

inline std::string bits_of(const Coded& coded) {
  std::string said;
  for (const std::string& level : coded.levels) said += std::to_string(level.size()) + level + "|";
  for (const std::int32_t code : coded.codes) said += std::to_string(code) + ",";
  return said;
}

/// All there is in a table, bit by bit, and the place of each cell.
inline std::string everything_of(const Table& table) {
  std::string said = dump_json(table_json(table, true));
  for (std::size_t k = 0; k < table.n_columns(); ++k) {
    const Column& column = table.column(k);
    said += "\n" + bits_of(column.text) + (column.spelling ? bits_of(*column.spelling) : "-");
    for (const std::int64_t value : column.integers) said += std::to_string(value) + ",";
    for (const bool missing : column.missing) said += missing ? "m" : "v";
    said.append(reinterpret_cast<const char*>(column.numbers.data()), column.numbers.size() * sizeof(double));
    for (std::size_t row = 0; row < table.n_rows(); ++row) said += table.where(row, k);
  }
  return said;
}

/// everything_of() the table, or the message.
inline std::string outcome(std::string_view text, const ReadOptions& options, unsigned threads,
                           std::size_t range_bytes) {
  const PaddedBytes bytes(text);
  try {
    CsvJob job = csv_job(bytes.view(), "t.csv", options);
    job.threads = threads;
    job.range_bytes = range_bytes;
    return everything_of(read_job(job));
  } catch (const Error& error) {
    return error.what();
  }
}

/// Reads `text` on one thread as a whole, and with each number of threads in ranges of each of some sizes.
inline void expect_same_however_read(std::string_view text, const ReadOptions& options = {}) {
  const std::string wanted = outcome(text, options, 1, text.size() + 1);
  for (const unsigned threads : {1u, 2u, 3u}) {
    for (const std::size_t range_bytes : {1u, 2u, 5u, 16u, 100u})
      ASSERT_EQ(outcome(text, options, threads, range_bytes), wanted) << threads << " threads, " << range_bytes;
  }
}

}  // namespace ffwd
