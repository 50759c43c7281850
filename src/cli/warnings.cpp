#include "cli/warnings.h"

namespace ffwd {

void Warnings::add(const std::string& text) {
  if (!said_.insert(text).second) return;
  all_.push_back(text);
  console_.warn(text);
}

void Warnings::add(std::span<const std::string> texts) {
  for (const std::string& text : texts) add(text);
}

}  // namespace ffwd
