// Warnings: each said once on standard error, and kept for the JSON output.
#pragma once

#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "cli/console.h"

namespace ffwd {

class Warnings {
 public:
  explicit Warnings(const Console& console) : console_(console) {}

  void add(const std::string& text);
  void add(std::span<const std::string> texts);
  [[nodiscard]] const std::vector<std::string>& all() const { return all_; }

 private:
  const Console& console_;
  std::vector<std::string> all_;
  std::unordered_set<std::string> said_;
};

}  // namespace ffwd
