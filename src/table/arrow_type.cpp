#include "table/arrow_type.h"

#include <array>
#include <charconv>
#include <limits>

namespace ffwd {

namespace {

constexpr std::int64_t kSecondsPerDay = 86400;
constexpr int kMostDecimalBits = 256;

struct Format {
  std::string_view text;
  ArrowType type;
};

constexpr Format integer(std::string_view text, int bits, bool is_signed) {
  return {text, {.kind = ArrowKind::kInteger, .bits = bits, .is_signed = is_signed}};
}

constexpr Format floating(std::string_view text, int bits) { return {text, {.kind = ArrowKind::kFloat, .bits = bits}}; }

constexpr std::array kFormats = {
    Format{"n", {.kind = ArrowKind::kNull}},
    Format{"b", {.kind = ArrowKind::kBoolean, .bits = 1}},
    integer("c", 8, true),
    integer("C", 8, false),
    integer("s", 16, true),
    integer("S", 16, false),
    integer("i", 32, true),
    integer("I", 32, false),
    integer("l", 64, true),
    integer("L", 64, false),
    floating("e", 16),
    floating("f", 32),
    floating("g", 64),
    Format{"u", {.kind = ArrowKind::kText, .bits = 32}},
    Format{"U", {.kind = ArrowKind::kText, .bits = 64}},
    Format{"vu", {.kind = ArrowKind::kTextView, .bits = 128}},
    Format{"tdD", {.kind = ArrowKind::kDate, .bits = 32, .units_per_day = 1}},
    Format{"tdm", {.kind = ArrowKind::kDate, .bits = 64, .units_per_day = kSecondsPerDay * 1000}},
};

/// What ffwd does not read, by the first letters of its format.
struct Other {
  std::string_view start, name;
};
constexpr std::array kOthers = {
    Other{"z", "bytes"},
    Other{"Z", "bytes"},
    Other{"vz", "bytes"},
    Other{"w:", "bytes"},
    Other{"tt", "a time of day"},
    Other{"tD", "a length of time"},
    Other{"ti", "a length of time"},
    Other{"+l", "a list"},
    Other{"+L", "a list"},
    Other{"+vl", "a list"},
    Other{"+vL", "a list"},
    Other{"+w", "a list"},
    Other{"+s", "a structure"},
    Other{"+m", "a map"},
    Other{"+u", "a union"},
    Other{"+r", "run-end encoded"},
};

bool take_int(std::string_view& text, int& value) {
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return fault == std::errc();
}

bool take(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

/// "d:precision,scale" and, unless the values are of 128 bits, ",bits".
ArrowType parse_decimal(std::string_view text) {
  text.remove_prefix(2);
  ArrowType type{.kind = ArrowKind::kDecimal, .bits = 128};
  int precision = 0;
  bool good = take_int(text, precision) && take(text, ',') && take_int(text, type.scale);
  if (good && !text.empty()) good = take(text, ',') && take_int(text, type.bits) && text.empty();
  const bool known = type.bits > 0 && type.bits <= kMostDecimalBits && type.bits % 32 == 0;
  return good && known ? type : ArrowType{};
}

/// "tsu:zone", the unit being s, m, u or n; the zone may be empty.
ArrowType parse_timestamp(std::string_view text) {
  constexpr std::string_view kUnits = "smun";
  const std::size_t unit = text.size() < 4 || text[3] != ':' ? std::string_view::npos : kUnits.find(text[2]);
  if (unit == std::string_view::npos) return {};
  ArrowType type{.kind = ArrowKind::kTimestamp, .bits = 64, .units_per_day = kSecondsPerDay, .zoned = text.size() > 4};
  for (std::size_t k = 0; k < unit; ++k) type.units_per_day *= 1000;
  return type;
}

}  // namespace

ArrowType parse_arrow_type(const char* format) {
  if (format == nullptr) return {};
  const std::string_view text = format;
  for (const Format& known : kFormats)
    if (text == known.text) return known.type;
  if (text.starts_with("d:")) return parse_decimal(text);
  if (text.starts_with("ts")) return parse_timestamp(text);
  for (const Other& other : kOthers)
    if (text.starts_with(other.start)) return {.name = other.name};
  return {};
}

}  // namespace ffwd
