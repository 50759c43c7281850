// What the tests of pictures share: reading them as far as a test needs.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace ffwd {

inline bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

inline std::size_t count(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
  return n;
}

/// Elements opened and closed in order, attributes quoted, no stray '<' or '&', no number that is none.
inline void expect_sound(const std::string& svg) {
  std::vector<std::string> open;
  for (std::size_t at = svg.find('<'); at != std::string::npos; at = svg.find('<', at + 1)) {
    const std::size_t end = svg.find_first_of("<>", at + 1);
    ASSERT_TRUE(end != std::string::npos && svg[end] == '>') << svg.substr(at, 80);
    const std::string tag = svg.substr(at + 1, end - at - 1);
    EXPECT_EQ(count(tag, "\"") % 2, 0U) << tag;
    if (tag.starts_with('/')) {
      ASSERT_FALSE(open.empty()) << tag;
      EXPECT_EQ(open.back(), tag.substr(1));
      open.pop_back();
    } else if (!tag.ends_with('/')) {
      open.push_back(tag.substr(0, tag.find(' ')));
    }
  }
  EXPECT_TRUE(open.empty());
  EXPECT_EQ(count(svg, "&"), count(svg, "&lt;") + count(svg, "&gt;") + count(svg, "&amp;") + count(svg, "&quot;"));
  EXPECT_TRUE(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" "));
  for (const char* wrong : {"nan", "inf", "<script", "href"}) EXPECT_FALSE(contains(svg, wrong)) << wrong;
}

}  // namespace ffwd
