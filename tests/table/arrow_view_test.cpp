#include "table/arrow_view.h"

#include <limits>

#include "made_arrow.h"
#include "reading.h"

namespace ffwd {
namespace {

ArrowView view(const MadeArray& made, std::int64_t start, std::int64_t n_rows) {
  return {made.array, parse_arrow_type(made.schema.format), start, n_rows, kMadePlace};
}

std::string damage(const MadeArray& made, std::int64_t start = 0, std::int64_t n_rows = 2) {
  return refusal_line([&] { static_cast<void>(view(made, start, n_rows).text(0)); });
}

TEST(ArrowView, RowsAreCountedFromTheOffsetAndTheStart) {
  const MadeArray made("i", 4, {bits(0b101111), raw<std::int32_t>({9, 10, 11, 12, 13, 14})}, 2);
  const ArrowView rows = view(made, 1, 3);
  EXPECT_EQ(rows.value<std::int32_t>(0), 12);
  EXPECT_EQ(rows.value<std::int32_t>(2), 14);
  EXPECT_FALSE(rows.is_missing(0));
  EXPECT_TRUE(rows.is_missing(1));
  EXPECT_FALSE(rows.is_missing(2));
}

TEST(ArrowView, BooleansAreBits) {
  const MadeArray made("b", 3, {std::nullopt, bits(0b10100)}, 2);
  EXPECT_TRUE(view(made, 0, 3).boolean(0));
  EXPECT_FALSE(view(made, 0, 3).boolean(1));
  EXPECT_TRUE(view(made, 0, 3).boolean(2));
}

TEST(ArrowView, NoValuesAtAllAreMissing) { EXPECT_TRUE(view(MadeArray("n", 5, {}), 0, 5).is_missing(4)); }

TEST(ArrowView, TextsLieBetweenOffsets) {
  const MadeArray small("u", 2, {std::nullopt, raw<std::int32_t>({0, 1, 1, 4}), "abcd"}, 1);
  EXPECT_EQ(view(small, 0, 2).text(0), "");
  EXPECT_EQ(view(small, 0, 2).text(1), "bcd");
  const MadeArray large("U", 2, {std::nullopt, raw<std::int64_t>({0, 1, 3}), "abc"});
  EXPECT_EQ(view(large, 1, 1).text(0), "bc");
  const MadeArray none("u", 1, {std::nullopt, raw<std::int32_t>({0, 0}), std::nullopt});
  EXPECT_EQ(view(none, 0, 1).text(0), "");
}

TEST(ArrowView, ShortTextsStandInTheirViewLongOnesElsewhere) {
  const std::string in_view = raw<std::int32_t>({3}) + "Rome" + std::string(8, '\0');
  const std::string elsewhere = raw<std::int32_t>({13}) + "this" + raw<std::int32_t>({1, 2});
  const MadeArray made("vu", 2, {std::nullopt, in_view + elsewhere, "", "..this is long.", raw<std::int64_t>({0, 15})});
  EXPECT_EQ(view(made, 0, 2).text(0), "Rom");
  EXPECT_EQ(view(made, 0, 2).text(1), "this is long.");
}

TEST(ArrowView, WhatContradictsItselfIsRefused) {
  const auto offsets = [](std::initializer_list<std::int32_t> values) {
    return MadeArray::Buffers{std::nullopt, raw(values), "abcd"};
  };
  EXPECT_EQ(damage(MadeArray("u", 2, offsets({3, 1, 4}))),
            "t.parquet: column 'x' is damaged: a text lies outside its buffer");
  EXPECT_NE(damage(MadeArray("u", 2, offsets({-1, 1, 4}))).find("outside its buffer"), std::string::npos);
  EXPECT_NE(damage(MadeArray("u", 2, offsets({0, 9, 4}))).find("outside its buffer"), std::string::npos);
  EXPECT_NE(damage(MadeArray("u", 2, {std::nullopt, raw<std::int32_t>({0, 1, 1})})).find("has 2 buffers, its type 3"),
            std::string::npos);
  EXPECT_NE(damage(MadeArray("u", 2, {std::nullopt, raw<std::int32_t>({0, 1, 1}), std::nullopt})).find("are not there"),
            std::string::npos);
  EXPECT_NE(damage(MadeArray("u", 2, {std::nullopt, std::nullopt, "a"})).find("are not there"), std::string::npos);
  EXPECT_NE(damage(MadeArray("u", 1, offsets({0, 1}))).find("shorter than the table"), std::string::npos);
  EXPECT_NE(damage(MadeArray("u", 2, offsets({0, 1, 1})), 1, 2).find("shorter than the table"), std::string::npos);
  EXPECT_NE(damage(MadeArray("u", -1, offsets({0}))).find("negative"), std::string::npos);
  EXPECT_NE(damage(MadeArray("u", 2, offsets({0}), -3)).find("negative"), std::string::npos);
  constexpr auto kMost = std::numeric_limits<std::int64_t>::max();
  EXPECT_NE(damage(MadeArray("u", kMost, offsets({0})), 0, kMost).find("too large"), std::string::npos);
}

TEST(ArrowView, ViewsThatPointNowhereAreRefused) {
  const auto made = [](std::int32_t size, std::int32_t buffer, std::int32_t begin) {
    return raw<std::int32_t>({size, 0, buffer, begin});
  };
  const auto said = [](const std::string& view_bytes) {
    return damage(MadeArray("vu", 1, {std::nullopt, view_bytes, std::string(20, 'a'), raw<std::int64_t>({20})}), 0, 1);
  };
  EXPECT_NE(said(made(-5, 0, 0)).find("negative length"), std::string::npos);
  EXPECT_NE(said(made(13, 1, 0)).find("a buffer that is not there"), std::string::npos);
  EXPECT_NE(said(made(13, -1, 0)).find("a buffer that is not there"), std::string::npos);
  EXPECT_NE(said(made(13, 0, 8)).find("outside its buffer"), std::string::npos);
  EXPECT_NE(said(made(13, 0, -1)).find("outside its buffer"), std::string::npos);
}

TEST(ArrowView, MissingCellsNeedTheirMarks) {
  MadeArray made("i", 2, {std::nullopt, raw<std::int32_t>({1, 2})});
  made.array.null_count = 1;
  EXPECT_NE(damage(made).find("what marks its missing cells is not there"), std::string::npos);
  made.array.buffers = nullptr;
  EXPECT_NE(damage(made).find("its buffers are not there"), std::string::npos);
}

TEST(ArrowPlace, RowsAreCountedFromOne) { EXPECT_EQ(kMadePlace.row(16), "t.parquet: row 17"); }

}  // namespace
}  // namespace ffwd
