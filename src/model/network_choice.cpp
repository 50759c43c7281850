#include "model/network_choice.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/json.h"
#include "core/names.h"
#include "core/raise.h"

namespace ffwd {
namespace {

constexpr const char* kOption = "--network";

[[noreturn]] void refuse(const std::string& what, const std::string& fix) {
  raise({.kind = ErrorKind::kUsage, .what = what, .where = kOption, .fix = fix});
}

std::set<std::string> named_columns(const NetworkDraft& draft) {
  std::set<std::string> named;
  for (const NetworkDraft::Input& input : draft.inputs) named.insert(input.columns.begin(), input.columns.end());
  return named;
}

}  // namespace

NetworkDraft network_draft(const FitOptions& options) {
  if (!options.network.empty()) {
    return draft_from_json(parse_json(options.network, ErrorKind::kUsage, kOption), kOption);
  }
  return draft_from_text(options.hidden.value_or(std::string(kDefaultHidden)), options.activation, options.dropout);
}

std::vector<std::string> features_by_input(const NetworkDraft& draft, std::span<const std::string> features) {
  const std::set<std::string> named = named_columns(draft);
  std::vector<std::string> ordered;
  bool took_the_rest = false;
  for (const NetworkDraft::Input& input : draft.inputs) {
    const std::string who = "input '" + shorten(input.name) + "'";
    if (input.columns.empty()) {
      if (took_the_rest) refuse(who + " names no columns, and neither does an input before it", "name its \"columns\"");
      took_the_rest = true;
      std::ranges::copy_if(features, std::back_inserter(ordered), [&](const auto& f) { return !named.contains(f); });
    }
    for (const std::string& column : input.columns) {
      if (std::ranges::find(features, column) == features.end()) {
        refuse(who + ": " + unknown_name("feature column", column, std::vector(features.begin(), features.end())),
               "an input reads columns of the table that are neither dropped nor have another role");
      }
      if (std::ranges::find(ordered, column) != ordered.end()) {
        refuse("the column '" + shorten(column) + "' goes into the network twice", "name it in one input");
      }
      ordered.push_back(column);
    }
  }
  return ordered;
}

std::vector<std::size_t> input_sizes(const NetworkDraft& draft, const Pipeline& pipeline) {
  if (draft.inputs.size() == 1 && draft.inputs[0].columns.empty()) return {pipeline.n_features()};
  const std::set<std::string> named = named_columns(draft);
  std::vector<std::size_t> sizes;
  for (const NetworkDraft::Input& input : draft.inputs) {
    std::size_t size = 0;
    for (const auto& [column, features] : pipeline.features_of_columns()) {
      const bool mine = input.columns.empty() ? !named.contains(column)
                                              : std::ranges::find(input.columns, column) != input.columns.end();
      if (mine) size += features;
    }
    if (size == 0) {
      refuse("input '" + shorten(input.name) + "' has no features left: its columns say nothing",
             "give it other columns, or take the input out");
    }
    sizes.push_back(size);
  }
  return sizes;
}

NetworkSpec chosen_network(const FitOptions& options, const NetworkDraft& draft,
                           std::span<const std::size_t> input_sizes, std::size_t outputs) {
  try {
    return complete(draft, input_sizes, outputs);
  } catch (const Error& error) {
    Fault fault = error.fault();
    fault.where = options.network.empty() ? "--hidden" : kOption;
    raise(std::move(fault));
  }
}

}  // namespace ffwd
