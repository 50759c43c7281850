// Options of a family of rules (optimisers, schedules) as data: what command line, checks, files and docs walk.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/names.h"

namespace ffwd {

/// A number or a switch, under the name that users write. One of the two members is set.
template <class Options>
struct OptionRow {
  std::string_view name;     ///< "beta1"
  std::string_view summary;  ///< "decay of the mean of the gradient"
  std::optional<double> Options::* number = nullptr;
  bool Options::* flag = nullptr;
  double least = 0;
  bool above = false;                                      ///< over `least`, not at least that
  double below = std::numeric_limits<double>::infinity();  ///< always under this
  bool whole = false;

  /// Whether it was given.
  [[nodiscard]] bool is_given(const Options& options) const {
    return number != nullptr ? (options.*number).has_value() : options.*flag;
  }
  [[nodiscard]] bool allows(double value) const {
    const bool within = (above ? value > least : value >= least) && value < below;
    return within && (!whole || value == std::floor(value));
  }
};

/// An option that a row of a table uses, and what stands in for it where it is not given.
template <class Options>
struct UsedOption {
  const OptionRow<Options>* option = nullptr;
  std::optional<double> value = {};  ///< unset for a switch, and for a default that `text` describes
  std::string_view text = {};
};

template <class Row, class Options>
[[nodiscard]] const UsedOption<Options>* find_used(const Row& row, const OptionRow<Options>& option) {
  for (const UsedOption<Options>& used : row.options) {
    if (used.option == &option) return &used;
  }
  return nullptr;
}

/// `options` with the row's defaults in place of what is not given.
template <class Row, class Options>
[[nodiscard]] Options with_defaults(const Row& row, Options options) {
  for (const UsedOption<Options>& used : row.options) {
    if (used.option->number == nullptr) continue;
    auto& number = options.*(used.option->number);
    if (!number) number = used.value;
  }
  return options;
}

/// As it is written on the command line: "--rms-decay".
template <class Options>
[[nodiscard]] std::string option_word(const OptionRow<Options>& option) {
  std::string word = "--" + std::string(option.name);
  std::ranges::replace(word, '_', '-');
  return word;
}

/// The rows that use the option: "rmsprop or sgd".
template <class Row, class Options>
[[nodiscard]] std::string users_of(std::span<const Row* const> rows, const OptionRow<Options>& option) {
  std::vector<std::string> names;
  for (const Row* row : rows) {
    if (find_used(*row, option) != nullptr) names.emplace_back(row->name);
  }
  return join_names(names);
}

/// "a number of at least 0 and below 1".
template <class Options>
[[nodiscard]] std::string allowed_numbers(const OptionRow<Options>& option, const std::string& least,
                                          const std::string& below) {
  std::string text = option.whole ? "a whole number " : "a number ";
  text += option.above ? "over " + least : "of at least " + least;
  if (option.below < std::numeric_limits<double>::infinity()) text += " and below " + below;
  return text;
}

}  // namespace ffwd
