#include "core/text.h"

#include <array>
#include <charconv>

namespace ffwd {

namespace {

template <class Float>
std::string shortest_text(Float value) {
  std::array<char, 32> buffer;  // the longest shortest double, "-2.2250738585072014e-308", has 24 characters
  const auto [end, fault] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return {buffer.data(), end};
}

}  // namespace

std::string shortest(double value) { return shortest_text(value); }

std::string shortest(float value) { return shortest_text(value); }

std::string with_thousands(unsigned long long value) {
  std::string text = std::to_string(value);
  for (std::size_t at = text.size(); at > 3;) {
    at -= 3;
    text.insert(at, 1, ',');
  }
  return text;
}

std::string joined(std::span<const std::string> texts, std::string_view separator) {
  std::string all;
  for (std::size_t k = 0; k < texts.size(); ++k) all.append(k == 0 ? "" : separator).append(texts[k]);
  return all;
}

}  // namespace ffwd
