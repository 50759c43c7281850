// Damaged model files made out of sound ones: bits, lengths, the header's entries, the description and the numbers are
// changed, with the checksum left as it was or mended so that what lies behind it is reached.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

#include "file/sha256.h"
#include "model/json_edits.h"

namespace ffwd {

struct Mutation {
  std::string bytes;
  std::string how;             ///< for messages
  bool must_be_equal = false;  ///< if it is accepted: all that predictions depend on is as it was
};

inline std::string with_length(const std::string& header, std::string_view data) {
  std::string bytes;
  for (std::size_t i = 0; i < 8; ++i) bytes += static_cast<char>(header.size() >> (8 * i) & 0xFF);
  return bytes.append(header).append(data);
}

/// A sound model file taken apart.
struct OpenedModel {
  Json header;
  Json description;
  std::string data;

  explicit OpenedModel(const std::string& bytes) {
    std::size_t n_header = 0;
    for (std::size_t i = 8; i-- > 0;) n_header = n_header << 8 | static_cast<unsigned char>(bytes[i]);
    header = parse_json(bytes.substr(8, n_header), ErrorKind::kInternal, "sound model");
    description = parse_json(header["__metadata__"]["ffwd"].get<std::string>(), ErrorKind::kInternal, "sound model");
    data = bytes.substr(8 + n_header);
  }

  /// Together again, with `text` as the description.
  [[nodiscard]] std::string closed(const std::string& text, bool mend_checksum) {
    header["__metadata__"]["ffwd"] = text;
    if (mend_checksum) header["__metadata__"]["sha256"] = sha256_hex(data + text);
    return with_length(text_of(header), data);
  }
};

namespace mutations {

inline Mutation of_bytes(const std::string& sound, Dice& dice) {
  Mutation made{.bytes = sound, .how = "bytes:", .must_be_equal = true};
  std::string& bytes = made.bytes;
  for (std::size_t n = 1 + dice.below(3); n-- > 0;) {
    const std::size_t at = dice.below(bytes.size());
    const std::size_t length = std::min(1 + dice.below(dice.one_in(4) ? 5000 : 9), bytes.size() - at);
    const std::size_t kind = dice.below(8);
    made.how += " " + std::to_string(kind) + " at " + std::to_string(at);
    if (kind <= 2) bytes[at] = static_cast<char>(bytes[at] ^ 1 << dice.below(8));
    if (kind == 3) bytes[at] = static_cast<char>(dice.bits());
    if (kind == 4) bytes.erase(at, length);
    if (kind == 5) bytes.insert(dice.below(bytes.size()), bytes.substr(at, length));
    if (kind == 6) bytes.resize(at + 1);
    if (kind == 7) bytes.append(1 + dice.below(100), static_cast<char>(dice.bits()));
  }
  return made;
}

inline Mutation of_header_length(const std::string& sound, Dice& dice) {
  Mutation made{.bytes = sound, .how = "header length", .must_be_equal = true};
  std::uint64_t length = 0;
  for (std::size_t i = 8; i-- > 0;) length = length << 8 | static_cast<unsigned char>(sound[i]);
  const std::uint64_t values[] = {0,
                                  1,
                                  length - 1,
                                  length + 1,
                                  length + 8,
                                  length - 64,
                                  sound.size() - 8,
                                  sound.size() - 7,
                                  sound.size(),
                                  1U << 24,
                                  (1U << 24) + 1,
                                  std::uint64_t{1} << 32,
                                  std::uint64_t{1} << 63,
                                  ~std::uint64_t{0},
                                  dice.bits() >> dice.below(64)};
  length = dice.one_of(values);
  for (std::size_t i = 0; i < 8; ++i) made.bytes[i] = static_cast<char>(length >> (8 * i) & 0xFF);
  return made;
}

/// Edits of the header's JSON, entries and metadata alike.
inline Mutation of_header(const std::string& sound, Dice& dice) {
  OpenedModel model(sound);
  Mutation made{.bytes = {}, .how = "header:", .must_be_equal = true};
  for (std::size_t n = 1 + dice.below(2); n-- > 0;) {
    std::vector<JsonPlace> places;
    collect_places(model.header, "", places);
    if (places.empty()) break;
    const JsonPlace& place = dice.one_of(places);
    const JsonEdit& edit = dice.one_of(kJsonEdits);
    made.how += " " + std::string(edit.name) + " " + place.path;
    edit.apply(place, dice);
  }
  made.bytes = with_length(text_of(model.header), model.data);
  return made;
}

/// Names, shapes and types of tensors changed so that the header stays sound by itself.
inline Mutation of_tensors(const std::string& sound, Dice& dice) {
  OpenedModel model(sound);
  Members& entries = members_of(model.header);
  const std::size_t one = 1 + dice.below(entries.size() - 1), other = 1 + dice.below(entries.size() - 1);
  Json& a = entries[one].second;
  Mutation made{
      .bytes = {}, .how = "tensors " + std::to_string(one) + " " + std::to_string(other) + ": ", .must_be_equal = true};
  switch (dice.below(5)) {
    case 0: {
      made.how += "swapped names";
      Members renamed;
      for (std::size_t k = 0; k < entries.size(); ++k)
        renamed.emplace_back(entries[k == one ? other : k == other ? one : k].first, entries[k].second);
      entries.swap(renamed);
      break;
    }
    case 1:
      made.how += "transposed";
      std::reverse(a["shape"].begin(), a["shape"].end());
      break;
    case 2: {
      made.how += "other type";
      const bool narrow = a["dtype"] == "F32";
      a["dtype"] = narrow ? "F64" : "F32";
      Json& last = a["shape"].back();
      last = narrow ? last.get<std::size_t>() / 2 : last.get<std::size_t>() * 2;
      break;
    }
    case 3:
      made.how += "an axis more";
      a["shape"].insert(a["shape"].begin(), 1);
      break;
    default: {
      // The end of one list goes to the next, as far as the header alone can tell.
      made.how += "moved boundary";
      if (one + 1 >= entries.size() || a["dtype"] != "F64") break;
      Json& next = entries[one + 1].second;
      a["shape"] = {a["shape"][0].get<std::size_t>() - 1};
      a["data_offsets"][1] = a["data_offsets"][1].get<std::size_t>() - 8;
      next["data_offsets"][0] = a["data_offsets"][1];
      next["shape"][0] = next["shape"][0].get<std::size_t>() + 1;
      break;
    }
  }
  made.bytes = with_length(text_of(model.header), model.data);
  return made;
}

inline bool is_cosmetic(const JsonPlace& place, const JsonEdit& edit) {
  if (place.path.starts_with("/version") || place.path.starts_with("/training")) return true;
  return edit.apply == edits::swap_siblings && !place.in_array() && !place.path.starts_with("/preprocessing/columns");
}

inline Mutation of_description(const std::string& sound, Dice& dice) {
  OpenedModel model(sound);
  const bool mend = !dice.one_in(8);
  Mutation made{.bytes = {}, .how = mend ? "description, mended:" : "description:", .must_be_equal = true};
  for (std::size_t n = dice.one_in(4) ? 2 : 1; n-- > 0;) {
    std::vector<JsonPlace> places;
    collect_places(model.description, "", places);
    if (places.empty()) break;
    const JsonPlace& place = dice.one_of(places);
    const JsonEdit& edit = dice.one_of(kJsonEdits);
    made.how += " " + std::string(edit.name) + " " + place.path;
    made.must_be_equal = made.must_be_equal && is_cosmetic(place, edit);
    edit.apply(place, dice);
  }
  made.must_be_equal = made.must_be_equal || !mend;
  made.bytes = model.closed(text_of(model.description, dice.one_in(4) ? 2 : -1), mend);
  return made;
}

/// A feature renamed, retyped or moved wherever it stands, so that the parts of the description still agree.
inline Mutation of_features(const std::string& sound, Dice& dice) {
  OpenedModel model(sound);
  Json &features = model.description["features"], &columns = model.description["preprocessing"]["columns"];
  const std::size_t one = dice.below(features.size());
  Mutation made{.bytes = {}, .how = "feature " + std::to_string(one) + ": ", .must_be_equal = false};
  if (dice.one_in(2)) {
    made.how += "moved";
    Dice same = dice;  // the same choice for both
    edits::swap_siblings({.parent = &features, .at = one, .path = {}}, same);
    edits::swap_siblings({.parent = &columns, .at = one, .path = {}}, dice);
  } else {
    made.how += "of another type";
    constexpr std::array kTypes = {"integer", "number", "text", "boolean", "date", "timestamp", "missing"};
    const char* type = dice.one_of(kTypes);
    features[one]["type"] = type;
    members_of(columns)[one].second["type"] = type;
  }
  made.bytes = model.closed(text_of(model.description), true);
  return made;
}

/// Numbers of the tensors changed, and mostly the checksum with them.
inline Mutation of_numbers(const std::string& sound, Dice& dice) {
  OpenedModel model(sound);
  const bool mend = !dice.one_in(8);
  Mutation made{.bytes = {}, .how = mend ? "numbers, mended:" : "numbers:", .must_be_equal = !mend};
  constexpr std::array kFloats = {0x7F800000U, 0xFF800000U, 0x7FC00000U, 0x7F7FFFFFU, 0x00000001U, 0x80000000U};
  for (std::size_t n = 1 + dice.below(4); n-- > 0;) {
    const std::size_t at = dice.below(model.data.size() / 4) * 4;
    made.how += " at " + std::to_string(at);
    if (dice.one_in(2)) {
      model.data[at + dice.below(4)] ^= static_cast<char>(1 << dice.below(8));
      continue;
    }
    const std::uint32_t bits = dice.one_of(kFloats);
    for (std::size_t k = 0; k < 4; ++k) model.data[at + k] = static_cast<char>(bits >> (8 * k) & 0xFF);
  }
  made.bytes = model.closed(text_of(model.description), mend);
  return made;
}

/// Nothing that matters.
inline Mutation of_layout(const std::string& sound, Dice& dice) {
  OpenedModel model(sound);
  const std::string bytes = model.closed(text_of(model.description, static_cast<int>(dice.below(9)) - 1), true);
  return {.bytes = bytes, .how = "layout", .must_be_equal = true};
}

}  // namespace mutations

inline Mutation mutated(const std::string& sound, Dice& dice) {
  using Make = Mutation (*)(const std::string&, Dice&);
  // Descriptions most often: they have the most to get wrong.
  constexpr Make kWays[] = {mutations::of_bytes,       mutations::of_header_length, mutations::of_header,
                            mutations::of_header,      mutations::of_tensors,       mutations::of_description,
                            mutations::of_description, mutations::of_description,   mutations::of_description,
                            mutations::of_features,    mutations::of_numbers,       mutations::of_layout};
  return dice.one_of(kWays)(sound, dice);
}

}  // namespace ffwd
