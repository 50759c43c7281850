#include "cli/warnings.h"

#include <algorithm>

namespace ffwd {

void Warnings::add(const std::string& text) {
  if (std::find(all_.begin(), all_.end(), text) != all_.end()) return;
  all_.push_back(text);
  console_.warn(text);
}

void Warnings::add(std::span<const std::string> texts) {
  for (const std::string& text : texts) add(text);
}

}  // namespace ffwd
