#include "table/text_coder.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>

namespace ffwd {
namespace {

TEST(TextCoder, CodesInOrderOfFirstAppearance) {
  TextCoder coder(5);
  for (const char* text : {"b", "a", "b", ""}) coder.add(text);
  coder.add_missing();
  const Coded coded = std::move(coder).take();
  EXPECT_EQ(coded.levels, (std::vector<std::string>{"b", "a", ""}));
  EXPECT_EQ(coded.codes, (std::vector<std::int32_t>{0, 1, 0, 2, -1}));
}

TEST(TextCoder, ACodeMayBeAskedForFirstAndAddedLater) {
  TextCoder coder;
  const std::int32_t b = coder.code_of("b");
  EXPECT_EQ(coder.code_of("a"), 1);
  EXPECT_EQ(coder.code_of("b"), b);
  EXPECT_EQ(coder.n_levels(), 2u);
  coder.add_code(b);
  EXPECT_EQ(std::move(coder).take().codes, std::vector<std::int32_t>{b});
}

TEST(TextCoder, OneMayFollowAnother) {
  TextCoder coder, next;
  for (const char* text : {"b", "a"}) coder.add(text);
  for (const char* text : {"c", "b", "c"}) next.add(text);
  next.add_missing(2);
  coder.append(next);
  coder.add("c");
  const Coded coded = std::move(coder).take();
  EXPECT_EQ(coded.levels, (std::vector<std::string>{"b", "a", "c"}));
  EXPECT_EQ(coded.codes, (std::vector<std::int32_t>{0, 1, 2, 0, 2, -1, -1, 2}));
}

TEST(TextCoder, TellsTextsApartHoweverManyAndAlike) {
  std::mt19937 random(2);
  std::map<std::string, std::int32_t> wanted;
  TextCoder coder;
  std::vector<std::int32_t> codes;
  for (int k = 0; k < 50000; ++k) {
    std::string text(random() % 20, 'x');  // many differ in length alone, or in one place
    if (!text.empty() && random() % 4 != 0) text[random() % text.size()] = static_cast<char>(random() % 256);
    const auto next = static_cast<std::int32_t>(wanted.size());
    codes.push_back(wanted.try_emplace(text, next).first->second);
    coder.add(text);
  }
  const Coded coded = std::move(coder).take();
  EXPECT_EQ(coded.codes, codes);
  ASSERT_EQ(coded.levels.size(), wanted.size());
  for (const auto& [text, code] : wanted) EXPECT_EQ(coded.levels[static_cast<std::size_t>(code)], text);
}

}  // namespace
}  // namespace ffwd
