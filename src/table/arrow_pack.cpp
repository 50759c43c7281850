#include "table/arrow_pack.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <utility>

namespace ffwd {

namespace {

constexpr std::int64_t kMicrosPerDay = 86'400'000'000;
constexpr std::int64_t kNanosPerDay = kMicrosPerDay * 1000;
constexpr double kNanosPerSecond = 1e9;

using Bytes = std::vector<std::byte>;

template <class T>
void append(Bytes& bytes, T value) {
  const auto raw = std::bit_cast<std::array<std::byte, sizeof value>>(value);
  bytes.insert(bytes.end(), raw.begin(), raw.end());
}

void append_bit(Bytes& bytes, std::size_t row, bool bit) {
  if (row % 8 == 0) bytes.push_back(std::byte{0});
  if (bit) bytes.back() |= std::byte{1} << (row % 8);
}

Bytes pack_valid(const Column& column) {
  Bytes bits;
  for (std::size_t row = 0; row < column.n_rows; ++row) append_bit(bits, row, !column.is_missing(row));
  return bits;
}

/// One value per row, that of `of_level` where the column stores levels; 0 where missing.
template <class T>
Bytes pack_levels(const Column& column, const std::vector<T>& of_level) {
  Bytes values;
  values.reserve(column.n_rows * sizeof(T));
  for (const std::int32_t code : column.text.codes)
    append(values, code < 0 ? T{} : of_level[static_cast<std::size_t>(code)]);
  return values;
}

template <class T>
Bytes pack_plain(const std::vector<T>& values) {
  Bytes bytes(values.size() * sizeof(T));
  if (!values.empty()) std::memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}

Bytes pack_booleans(const Column& column) {
  Bytes bits;
  for (std::size_t row = 0; row < column.n_rows; ++row) append_bit(bits, row, column.number(row) > 0.0);
  return bits;
}

std::size_t n_text_bytes(const Coded& text) {
  std::size_t n = 0;
  for (const std::int32_t code : text.codes)
    if (code >= 0) n += text.levels[static_cast<std::size_t>(code)].size();
  return n;
}

template <class Offset>
void pack_texts(const Column& column, std::size_t n_bytes, std::vector<Bytes>& buffers) {
  Bytes offsets, texts;
  offsets.reserve((column.n_rows + 1) * sizeof(Offset));
  texts.reserve(n_bytes);
  append(offsets, Offset{0});
  for (const std::int32_t code : column.text.codes) {
    if (code >= 0) {
      const auto level = std::as_bytes(std::span(column.text.levels[static_cast<std::size_t>(code)]));
      texts.insert(texts.end(), level.begin(), level.end());
    }
    append(offsets, static_cast<Offset>(texts.size()));
  }
  buffers.push_back(std::move(offsets));
  buffers.push_back(std::move(texts));
}

void pack_text(const Column& column, ArrowPacked& packed) {
  const std::size_t n_bytes = n_text_bytes(column.text);
  const bool large = n_bytes > std::numeric_limits<std::int32_t>::max();
  packed.format = large ? "U" : "u";
  if (large)
    pack_texts<std::int64_t>(column, n_bytes, packed.buffers);
  else
    pack_texts<std::int32_t>(column, n_bytes, packed.buffers);
}

std::vector<Instant> instants_of(const Column& column) {
  std::vector<Instant> instants;
  for (const std::string& level : column.text.levels) instants.push_back(parse_instant(level).value_or(Instant{}));
  return instants;
}

void pack_dates(const Column& column, ArrowPacked& packed) {
  std::vector<std::int32_t> days;
  for (const Instant& instant : instants_of(column)) days.push_back(static_cast<std::int32_t>(instant.days));
  packed.format = "tdD";
  packed.buffers.push_back(pack_levels(column, days));
}

struct ArrowTimes {
  std::string format;
  std::vector<std::int64_t> values;  ///< of the column's levels
};

/// "…T10:00Z", "…+05:30": a sign or a Z behind the date.
bool has_zone(const std::string& level) {
  constexpr std::size_t kDateBytes = 10;
  return level.find_first_of("Z+-", kDateBytes) != std::string::npos;
}

/// Times in one of Arrow's types, if there is one that changes none of them: it has one unit, in 64 bits, and either
/// all cells are moments or none is.
std::optional<ArrowTimes> times_of(const Column& column) {
  // What nanoseconds in 64 bits reach: the years 1678 to 2261 for sure.
  constexpr std::int64_t kMostNanoDays = std::numeric_limits<std::int64_t>::max() / kNanosPerDay - 1;
  const std::vector<Instant> instants = instants_of(column);
  std::vector<std::int64_t> nanos_of_day;
  bool fine = false, in_reach = true;
  for (const Instant& instant : instants) {
    nanos_of_day.push_back(std::llround(instant.seconds * kNanosPerSecond));
    fine = fine || nanos_of_day.back() % 1000 != 0;
    in_reach = in_reach && instant.days < kMostNanoDays && instant.days > -kMostNanoDays;
  }
  const auto n_zoned = std::ranges::count_if(column.text.levels, has_zone);
  const bool mixed = n_zoned != 0 && n_zoned != std::ssize(column.text.levels);
  if (mixed || (fine && !in_reach)) return std::nullopt;
  ArrowTimes times{.format = fine ? "tsn:" : "tsu:", .values = {}};
  if (n_zoned != 0) times.format += "UTC";
  for (std::size_t k = 0; k < instants.size(); ++k)
    times.values.push_back(fine ? instants[k].days * kNanosPerDay + nanos_of_day[k]
                                : instants[k].days * kMicrosPerDay + nanos_of_day[k] / 1000);
  return times;
}

void pack_timestamps(const Column& column, ArrowPacked& packed) {
  std::optional<ArrowTimes> times = times_of(column);
  if (!times) return pack_text(column, packed);
  packed.format = std::move(times->format);
  packed.buffers.push_back(pack_levels(column, times->values));
}

void pack_values(const Column& column, ArrowPacked& packed) {
  switch (column.type) {
    case ColumnType::kInteger:
      packed.format = "l";
      packed.buffers.push_back(pack_plain(column.integers));
      return;
    case ColumnType::kNumber:
      packed.format = "g";
      packed.buffers.push_back(pack_plain(column.numbers));
      return;
    case ColumnType::kBoolean:
      packed.format = "b";
      packed.buffers.push_back(pack_booleans(column));
      return;
    case ColumnType::kDate:
      return pack_dates(column, packed);
    case ColumnType::kTimestamp:
      return pack_timestamps(column, packed);
    default:
      return pack_text(column, packed);
  }
}

}  // namespace

ArrowPacked pack_column(const Column& column) {
  ArrowPacked packed{.name = column.name,
                     .format = "n",
                     .n_rows = static_cast<std::int64_t>(column.n_rows),
                     .n_missing = static_cast<std::int64_t>(column.n_missing()),
                     .buffers = {}};
  if (column.type == ColumnType::kMissing) return packed;
  packed.buffers.push_back(packed.n_missing > 0 ? pack_valid(column) : Bytes{});
  pack_values(column, packed);
  return packed;
}

}  // namespace ffwd
