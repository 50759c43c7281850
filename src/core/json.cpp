#include "core/json.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <unordered_set>
#include <utility>
#include <vector>

#include "core/names.h"
#include "core/raise.h"
#include "core/text.h"
#include "core/utf8.h"

namespace ffwd {

namespace {

constexpr std::size_t kMaxNesting = 64;

/// Hands the text to the parser byte by byte and counts them: of its events only one says where it happened.
class CountedByte {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountedByte(const char* at, std::size_t* n_read) : at_(at), n_read_(n_read) {}
  reference operator*() const { return *at_; }
  CountedByte& operator++() {
    ++at_;
    ++*n_read_;
    return *this;
  }
  friend bool operator==(const CountedByte& a, const CountedByte& b) { return a.at_ == b.at_; }

 private:
  const char* at_;
  std::size_t* n_read_;
};

/// Builds a Json from the events of the parser, and stops at what parse_json refuses. The library's own builder keeps
/// the last of two equal keys and recurses on what it built however deep that is.
class Builder : public nlohmann::json_sax<Json> {
 public:
  bool null() override { return put(nullptr); }
  bool boolean(bool value) override { return put(value); }
  bool number_integer(number_integer_t value) override { return put(value); }
  bool number_unsigned(number_unsigned_t value) override { return put(value); }
  bool number_float(number_float_t value, const string_t& /*text*/) override { return put(value); }
  bool string(string_t& value) override { return put(std::move(value)); }
  bool binary(binary_t& /*value*/) override { return refuse("a binary value"); }  // JSON text has none
  bool start_object(std::size_t /*size*/) override { return open(Json::object()); }
  bool start_array(std::size_t /*size*/) override { return open(Json::array()); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& name) override;
  bool parse_error(std::size_t position, const std::string& last_token, const Json::exception& fault) override;

  Json root;
  std::string fault;  ///< why parsing stopped; empty if it did not

 private:
  struct Level {
    Json value;
    std::unordered_set<std::string> keys;
    std::string key;  ///< of the member whose value comes next
  };

  bool put(Json value);
  bool open(Json empty);
  bool close();
  bool refuse(std::string what) {
    fault = std::move(what);
    return false;
  }

  std::vector<Level> levels_;
};

bool Builder::put(Json value) {
  if (levels_.empty()) {
    root = std::move(value);
    return true;
  }
  Level& level = levels_.back();
  if (level.value.is_array()) {
    level.value.push_back(std::move(value));
    return true;
  }
  add_member(level.value, std::move(level.key), std::move(value));
  return true;
}

bool Builder::open(Json empty) {
  if (levels_.size() == kMaxNesting) return refuse("nested deeper than " + std::to_string(kMaxNesting) + " levels");
  levels_.push_back({std::move(empty), {}, {}});
  return true;
}

bool Builder::close() {
  Json value = std::move(levels_.back().value);
  levels_.pop_back();
  return put(std::move(value));
}

bool Builder::key(string_t& name) {
  Level& level = levels_.back();
  if (!level.keys.insert(name).second) return refuse("duplicate key '" + shorten(name) + "'");
  level.key = std::move(name);
  return true;
}

bool Builder::parse_error(std::size_t /*position*/, const std::string& /*last_token*/, const Json::exception& found) {
  // "[json.exception.parse_error.101] parse error at line 1, column 5: syntax error ...": the front is the library's.
  std::string_view text = found.what();
  if (const auto end = text.find("] "); end != std::string_view::npos) text.remove_prefix(end + 2);
  if (text.starts_with("parse error at ")) text.remove_prefix(std::min(text.size(), text.find(": ") + 2));
  return refuse(shorten(text, 200));
}

void write(const Json& json, std::string& out);

void write_string(std::string_view text, std::string& out) {
  constexpr char kHex[] = "0123456789abcdef";
  constexpr std::string_view kNamed = "\"\\\b\f\n\r\t";
  constexpr std::string_view kLetters = "\"\\bfnrt";
  out += '"';
  while (!text.empty()) {
    const std::size_t valid = valid_utf8_prefix(text);
    for (const char c : text.substr(0, valid)) {
      if (const auto named = kNamed.find(c); named != std::string_view::npos)
        out.append({'\\', kLetters[named]});
      else if (static_cast<unsigned char>(c) < 0x20)
        out.append("\\u00").append({kHex[(c >> 4) & 0xF], kHex[c & 0xF]});
      else
        out += c;
    }
    text.remove_prefix(valid);
    if (text.empty()) break;
    out += "\xEF\xBF\xBD";  // U+FFFD for a byte that is no UTF-8; names of files may have them
    text.remove_prefix(1);
  }
  out += '"';
}

void write_number(double value, std::string& out) {
  if (!std::isfinite(value)) raise({.what = "a number that is not finite was about to be written as JSON"});
  const std::string text = shortest(value);
  out += text;
  // So that it reads back as a floating-point number, and -0 keeps its sign.
  if (text.find_first_of(".e") == std::string::npos) out += ".0";
}

void write_members(const Json& json, std::string& out) {
  const bool object = json.is_object();
  out += object ? '{' : '[';
  bool first = true;
  for (auto item = json.begin(); item != json.end(); ++item) {
    if (!std::exchange(first, false)) out += ',';
    if (object) {
      write_string(item.key(), out);
      out += ':';
    }
    write(*item, out);
  }
  out += object ? '}' : ']';
}

void write(const Json& json, std::string& out) {
  if (json.is_structured())
    write_members(json, out);
  else if (json.is_string())
    write_string(json.get_ref<const std::string&>(), out);
  else if (json.is_number_float())
    write_number(json.get<double>(), out);
  else
    out += json.dump();
}

}  // namespace

void add_member(Json& object, std::string name, Json value) {
  auto& members = static_cast<Json::object_t::Container&>(object.get_ref<Json::object_t&>());
  members.emplace_back(std::move(name), std::move(value));
}

namespace {

/// "line 3, column 7" of the last of the first `n` bytes; a column is a byte.
std::string place_of(std::string_view text, std::size_t n) {
  const std::string_view before = text.substr(0, n == 0 ? 0 : n - 1);
  const auto line = std::count(before.begin(), before.end(), '\n') + 1;
  const std::size_t line_begin = before.rfind('\n') + 1;  // npos + 1 is 0
  return "line " + std::to_string(line) + ", column " + std::to_string(before.size() - line_begin + 1);
}

}  // namespace

Json parse_json(std::string_view text, ErrorKind kind, std::string_view where) {
  Builder builder;
  std::size_t n_read = 0;
  const CountedByte begin(text.data(), &n_read);
  const CountedByte end(text.data() + text.size(), &n_read);
  if (Json::sax_parse(begin, end, &builder)) return std::move(builder.root);
  raise({.kind = kind,
         .what = "not valid JSON at " + place_of(text, n_read) + ": " + builder.fault,
         .where = std::string(where)});
}

std::string dump_json(const Json& json) {
  std::string text;
  write(json, text);
  return text;
}

}  // namespace ffwd
