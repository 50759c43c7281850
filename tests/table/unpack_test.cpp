#include "table/unpack.h"

#include "packing.h"
#include "reading.h"

namespace ffwd {
namespace {

std::string long_text() {
  std::string text = "a,b\n";
  for (int k = 0; k < 100000; ++k) text += std::to_string(k * 7919 % 10007) + "," + std::to_string(k) + "\n";
  return text;
}

TEST(Unpack, GivesBackWhatWasPacked) {
  for (const std::string& text : {std::string(), std::string("a,b\n1,2\n"), long_text(), std::string(1 << 20, 'x')}) {
    EXPECT_EQ(unpack_gzip(gzip(text), "t.csv.gz").view(), text);
    EXPECT_EQ(unpack_zstd(zstd(text), "t.csv.zst").view(), text);
  }
}

TEST(Unpack, TakesArchivesOneAfterAnother) {
  EXPECT_EQ(unpack_gzip(gzip("a,b\n") + gzip("1,2\n") + gzip(""), "t.csv.gz").view(), "a,b\n1,2\n");
  EXPECT_EQ(unpack_zstd(zstd("a,b\n") + zstd("") + zstd("1,2\n"), "t.csv.zst").view(), "a,b\n1,2\n");
  EXPECT_EQ(unpack_gzip(gzip("a\n") + std::string(512, '\0'), "t.csv.gz").view(), "a\n");  // filled up with zeros
}

TEST(Unpack, WhatIsCutOffAnywhereIsRefused) {
  const std::string text = "a,b\n1,2\n3,4\n";
  const std::string packed = gzip(text);
  for (std::size_t n = 2; n < packed.size(); ++n)
    ASSERT_EQ(refusal([&] { (void)unpack_gzip(packed.substr(0, n), "t.csv.gz"); }),
              "t.csv.gz: the gzip archive is cut off: its end is missing\n  copy or pack the file again");
  const std::string frame = zstd(text);
  for (std::size_t n = 4; n < frame.size(); ++n)
    ASSERT_EQ(refusal_line([&] { (void)unpack_zstd(frame.substr(0, n), "t.csv.zst"); }),
              "t.csv.zst: the zstd archive is cut off: its end is missing");
  const std::string long_packed = gzip(long_text());
  EXPECT_EQ(refusal_line([&] { (void)unpack_gzip(std::string_view(long_packed).substr(0, 70000), "t.csv.gz"); }),
            "t.csv.gz: the gzip archive is cut off: its end is missing");
}

TEST(Unpack, WhatIsDamagedIsRefused) {
  std::string packed = gzip(long_text());
  packed[packed.size() / 2] = static_cast<char>(packed[packed.size() / 2] ^ 0x55);
  EXPECT_EQ(refusal_line([&] { (void)unpack_gzip(packed, "t.csv.gz"); }), "t.csv.gz: the gzip archive is damaged");
  std::string wrong_sum = gzip("a,b\n");
  wrong_sum[wrong_sum.size() - 8] ^= 1;
  EXPECT_EQ(refusal_line([&] { (void)unpack_gzip(wrong_sum, "t.csv.gz"); }), "t.csv.gz: the gzip archive is damaged");
  EXPECT_EQ(refusal_line([&] { (void)unpack_gzip(gzip("a\n") + "junk", "t.csv.gz"); }),
            "t.csv.gz: the gzip archive has other bytes after its end");
  std::string frame = zstd(long_text());
  for (std::size_t k = 100; k < frame.size(); k += 50) frame[k] = static_cast<char>(frame[k] ^ 0x55);
  EXPECT_EQ(refusal_line([&] { (void)unpack_zstd(frame, "t.csv.zst"); }).substr(0, 38),
            "t.csv.zst: the zstd archive is damaged");
}

TEST(Unpack, WhatIsNoArchiveIsRefused) {
  EXPECT_EQ(refusal([] { (void)unpack_gzip("a,b\n", "t.csv.gz"); }),
            "t.csv.gz: is named .gz but is not a gzip archive\n  give it the ending of what it is");
  EXPECT_EQ(refusal_line([] { (void)unpack_gzip("", "t.csv.gz"); }),
            "t.csv.gz: is named .gz but is not a gzip archive");
  EXPECT_EQ(refusal_line([] { (void)unpack_zstd("a,b\n", "t.csv.zst"); }),
            "t.csv.zst: is named .zst but is not a zstd archive");
  EXPECT_EQ(refusal_line([] { (void)unpack_zstd("", "t.csv.zst"); }),
            "t.csv.zst: is named .zst but is not a zstd archive");
}

}  // namespace
}  // namespace ffwd
