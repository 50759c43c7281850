// Command: the arguments and options of one verb, as data: what the parser, the help and the tests walk.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace ffwd {

/// Takes the text given for an option; throws Error(kUsage) that names the option, the text and what is allowed. The
/// option is named by where it was given: "--epochs", or "c.json: 'epochs'" for a file of options.
class Setter {
 public:
  Setter() = default;
  template <class F>
  Setter(F set, std::vector<std::string> words = {}, bool takes_list = false)
      : set_(std::move(set)), words_(std::move(words)), takes_list_(takes_list) {}

  void operator()(const std::string& option, const std::string& text) const { set_(option, text); }
  /// All texts it takes, where they are a list of words.
  [[nodiscard]] const std::vector<std::string>& words() const { return words_; }
  /// Whether several of the words may be given, separated by commas.
  [[nodiscard]] bool takes_list() const { return takes_list_; }

 private:
  std::function<void(const std::string& option, const std::string& text)> set_;
  std::vector<std::string> words_;
  bool takes_list_ = false;
};

struct CommandOption {
  std::string names = {};         ///< "-o,--output", "--json"; an argument without dashes: "DATA"
  std::string value = {};         ///< what its value is called: "FILE"; "" for a flag, and for an argument
  std::string summary = {};       ///< what it does
  std::string default_text = {};  ///< "" = there is none
  Setter set = {};
  std::string group = {};   ///< its heading in the help; arguments have none
  bool repeatable = false;  ///< may be given several times

  [[nodiscard]] bool is_argument() const { return names.front() != '-'; }
  [[nodiscard]] bool is_flag() const { return value.empty() && !is_argument(); }
  /// The name it has in messages: "--output", "DATA".
  [[nodiscard]] std::string long_name() const;
};

class Command {
 public:
  /// Options declared from here on stand under this heading.
  void group(std::string heading) { group_ = std::move(heading); }
  void argument(std::string name, std::string summary, std::string& into);
  void flag(std::string names, std::string summary, bool& into);
  void option(CommandOption option);

  [[nodiscard]] std::span<const CommandOption> options() const { return options_; }

 private:
  std::string group_ = "Options";
  std::vector<CommandOption> options_;
};

// Setters, by what the text must be.

Setter text(std::string& into);
/// One of `allowed`; another is refused with the list and the nearest.
Setter choice(std::string& into, std::vector<std::string> allowed);
/// A whole number, `least` or more. `into` is an unsigned integer, or an optional one.
template <class T>
Setter count(T& into, std::uint64_t least);
Setter number(double& into);
Setter number(std::optional<double>& into);
/// Words separated by commas; each occurrence of the option adds to the list.
Setter list(std::vector<std::string>& into);
/// The text of each occurrence, whole; see columns_named.
Setter each(std::vector<std::string>& into);
/// As list, each word one of `allowed`.
Setter choices(std::vector<std::string>& into, std::vector<std::string> allowed);
/// One character, or "tab".
Setter delimiter(char& into);

/// The words of a list separated by commas, spaces around them dropped. An empty text is one empty word.
[[nodiscard]] std::vector<std::string> split_list(std::string_view text);
/// The whole number that `text` is, from `least` to `most`; refuses anything else as the value of `option`.
[[nodiscard]] std::uint64_t read_count(const std::string& option, const std::string& text, std::uint64_t least,
                                       std::uint64_t most);

/// Refuses `text` as the value of `option`: "--epochs: 'ten' is not a whole number", and on the next line what is
/// allowed.
[[noreturn]] void refuse_value(const std::string& option, std::string_view text, const std::string& why,
                               const std::string& allowed);

/// Reads `args` into `command` (parser.cpp). Returns false if help was asked for; then nothing else is checked.
/// @throws Error(kUsage) an unknown option (with the nearest known one), a missing value or argument, one too many.
[[nodiscard]] bool parse(const Command& command, std::string_view verb, std::span<const std::string> args);

template <class T>
Setter count(T& into, std::uint64_t least) {
  return [&into, least](const std::string& option, const std::string& given) {
    if constexpr (std::is_unsigned_v<T>) {
      into = static_cast<T>(read_count(option, given, least, std::numeric_limits<T>::max()));
    } else {
      using Value = typename T::value_type;
      into = static_cast<Value>(read_count(option, given, least, std::numeric_limits<Value>::max()));
    }
  };
}

}  // namespace ffwd
