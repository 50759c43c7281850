// What the tests of this folder share: the fault that an expression is refused with, and folders to write to.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "ffwd/error.h"

namespace ffwd {

/// The fault that `call` raises; the test fails if it raises none.
template <class Call>
Fault refused(Call call) {
  try {
    call();
  } catch (const Error& error) {
    return error.fault();
  }
  ADD_FAILURE() << "was not refused";
  return {};
}

/// An empty folder of this test alone, removed at its end.
class TestFolder {
 public:
  TestFolder() {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    path_ = std::filesystem::temp_directory_path() / ("ffwd-" + std::to_string(getpid()) + "-" + test->name());
    std::filesystem::create_directories(path_);
  }
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;
  ~TestFolder() { std::filesystem::remove_all(path_); }

  [[nodiscard]] std::string operator/(const char* name) const { return (path_ / name).native(); }
  [[nodiscard]] std::size_t n_entries() const {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(path_), {}));
  }

 private:
  std::filesystem::path path_;
};

inline std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace ffwd
