// The cases of tests/hostile, or of the folder that FFWD_HOSTILE_DIR names, read in this process: so they run under
// the sanitizers, and without the program.
#include <regex.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "core/json.h"
#include "csv_parallel.h"
#include "reading.h"
#include "table/file_bytes.h"
#include "table/table_json.h"

namespace ffwd {
namespace {

std::filesystem::path hostile_folder() {
  const char* const given = std::getenv("FFWD_HOSTILE_DIR");
  return given != nullptr ? std::filesystem::path(given) : std::filesystem::path(FFWD_SOURCE_DIR) / "tests/hostile";
}

Json expectations() {
  std::ifstream file(hostile_folder() / "expectations.json", std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  return parse_json(text, ErrorKind::kInternal, "expectations.json")["cases"];
}

ReadOptions options_of(const Json& given) {
  ReadOptions options;
  const Json args = given.value("args", Json::array());
  for (std::size_t k = 0; k + 1 < args.size(); ++k)
    if (args[k] == "--delimiter") options.delimiter = args[k + 1].get<std::string>()[0];
  return options;
}

/// POSIX's expressions: with the sanitizers g++ 12 does not compile the standard library's without a warning.
bool matches(const std::string& text, const Json& pattern) {
  regex_t compiled;
  const std::string expression = pattern.get<std::string>();
  if (regcomp(&compiled, expression.c_str(), REG_EXTENDED | REG_ICASE | REG_NOSUB) != 0) return false;
  const bool found = regexec(&compiled, text.c_str(), 0, nullptr, 0) == 0;
  regfree(&compiled);
  return found;
}

/// Numbers may be written as integers in the expectations, infinities in any letter case.
bool same(const Json& wanted, const Json& got, const Json& type) {
  if (type != "number" || wanted.is_null() || got.is_null()) return wanted == got;
  if (wanted.is_string() || got.is_string()) return wanted == got;
  return wanted.get<double>() == got.get<double>();
}

void check_columns(const Json& given, const Json& columns) {
  const Json wanted = given.value("columns", Json::array());
  ASSERT_EQ(columns.size(), given.value("n_columns", wanted.size()));
  for (std::size_t k = 0; k < wanted.size(); ++k) {
    EXPECT_EQ(columns[k]["name"], wanted[k]["name"]);
    EXPECT_EQ(columns[k]["type"], wanted[k]["type"]);
    const Json values = wanted[k].value("values", columns[k]["values"]);
    ASSERT_EQ(columns[k]["values"].size(), values.size());
    for (std::size_t row = 0; row < values.size(); ++row)
      EXPECT_TRUE(same(values[row], columns[k]["values"][row], wanted[k]["type"]))
          << wanted[k]["name"] << " row " << row;
  }
}

void check_spot(const Json& spot, const Json& column) {
  const Json& value = column["values"][spot["row"].get<std::size_t>()];
  if (spot.contains("name")) {
    EXPECT_EQ(column["name"], spot["name"]);
  }
  if (spot.contains("value")) {
    EXPECT_TRUE(same(spot["value"], value, column["type"])) << spot;
  }
  if (spot.contains("length")) {
    EXPECT_EQ(value.get<std::string>().size(), spot["length"].get<std::size_t>());
  }
}

void check_table(const Json& given, const Table& table) {
  const Json json = table_json(table, true);
  EXPECT_EQ(json["rows"], given["rows"]);
  if (given.contains("delimiter")) {
    EXPECT_EQ(json["delimiter"], given["delimiter"]);
  }
  check_columns(given, json["columns"]);
  for (const Json& spot : given.value("spot", Json::array()))
    check_spot(spot, json["columns"][spot["column"].get<std::size_t>()]);
  for (const Json& pattern : given.value("warn", Json::array()))
    EXPECT_TRUE(std::any_of(table.warnings.begin(), table.warnings.end(), [&](const std::string& warning) {
      return matches(warning, pattern);
    })) << pattern;
}

void check_error(const Json& given, const Error& error) {
  const std::string message = error.what();
  EXPECT_EQ(error.kind(), ErrorKind::kData);
  EXPECT_FALSE(error.fault().fix.empty());
  EXPECT_LT(message.size(), 20'000u);
  std::string place = given["file"].get<std::string>();
  if (given.contains("line")) place += ":" + dump_json(given["line"]) + ":" + dump_json(given["column"]) + ":";
  EXPECT_NE(message.find(place), std::string::npos) << message;
  for (const Json& pattern : given["match"]) EXPECT_TRUE(matches(message, pattern)) << message;
}

TEST(Hostile, EveryFileIsReadOrRefusedAsExpected) {
  const Json cases = expectations();
  ASSERT_FALSE(cases.empty());
  for (const Json& given : cases) {
    SCOPED_TRACE(given["file"]);
    const std::string path = (hostile_folder() / given["file"].get<std::string>()).native();
    try {
      const Table table = read_table(path, options_of(given));
      if (given["expect"] == "table")
        check_table(given, table);
      else
        ADD_FAILURE() << "was not refused";
    } catch (const Error& error) {
      if (given["expect"] == "error")
        check_error(given, error);
      else
        ADD_FAILURE() << error.what();
    }
  }
}

TEST(Hostile, EveryFileIsTheSameForAnyNumberOfThreadsAndRanges) {
  constexpr std::uintmax_t kMostBytes = 1 << 16;
  for (const Json& given : expectations()) {
    SCOPED_TRACE(given["file"]);
    const std::string path = (hostile_folder() / given["file"].get<std::string>()).native();
    if (std::filesystem::file_size(path) <= kMostBytes)
      expect_same_however_read(read_file(path).view(), options_of(given));
  }
}

}  // namespace
}  // namespace ffwd
