// What the tests of this folder share: the fault of an expression, padded texts, and files to read.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "ffwd/error.h"
#include "table/padded_bytes.h"

namespace ffwd {

/// "WHERE: WHAT", on a second line the mend, of the Error(kData) that `call` raises; the test fails if it raises none.
template <class Call>
std::string refusal(Call call) {
  try {
    call();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kData);
    return error.what();
  }
  ADD_FAILURE() << "was not refused";
  return {};
}

/// The first line of refusal().
template <class Call>
std::string refusal_line(Call call) {
  const std::string text = refusal(call);
  return text.substr(0, text.find('\n'));
}

/// A folder of this test alone, removed at its end.
class TestFolder {
 public:
  TestFolder() {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    path_ = std::filesystem::temp_directory_path() / ("ffwd-table-" + std::to_string(getpid()) + "-" + test->name());
    std::filesystem::create_directories(path_);
  }
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;
  ~TestFolder() { std::filesystem::remove_all(path_); }

  [[nodiscard]] std::string path() const { return path_.native(); }
  /// Writes a file and gives its path.
  [[nodiscard]] std::string write(const std::string& name, std::string_view bytes) const {
    std::ofstream(path_ / name, std::ios::binary) << bytes;
    return (path_ / name).native();
  }

 private:
  std::filesystem::path path_;
};

}  // namespace ffwd
