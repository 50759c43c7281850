#include "model/network_choice.h"

#include <algorithm>
#include <map>
#include <utility>

#include "core/json.h"
#include "core/names.h"
#include "core/raise.h"
#include "core/rows.h"
#include "core/text.h"
#include "network/code_inputs.h"
#include "network/layer.h"
#include "pipeline/column_faults.h"

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

/// The option that describes what embeddings read.
const char* embedding_option(const FitOptions& options) { return options.network.empty() ? "--embed" : kOption; }

[[noreturn]] void refuse_embedding(const FitOptions& options, const LayerSpec& layer, const std::string& what,
                                   const std::string& fix) {
  raise({.kind = ErrorKind::kUsage,
         .what = "layer '" + shorten(layer.name) + "': " + what,
         .where = embedding_option(options),
         .fix = fix});
}

const NetworkDraft::Input* find_input(const NetworkDraft& draft, const std::string& name) {
  const auto found = std::ranges::find(draft.inputs, name, &NetworkDraft::Input::name);
  return found == draft.inputs.end() ? nullptr : &*found;
}

std::map<std::string, const LayerSpec*> code_inputs_of(const NetworkDraft& draft, const FitOptions& options) {
  std::vector<std::string> inputs;
  for (const NetworkDraft::Input& input : draft.inputs) inputs.push_back(input.name);
  try {
    return code_inputs(inputs, draft.layers);
  } catch (const Error& error) {
    Fault fault = error.fault();
    fault.where = embedding_option(options);
    raise(std::move(fault));
  }
}

void check_code_column(const FitOptions& options, const LayerSpec& layer, const Column& column) {
  const std::string who = "column '" + shorten(column.name) + "'";
  if (options.encode.contains(column.name)) {
    refuse_embedding(options, layer, who + " has an encoding of its own, but an embedding reads codes",
                     "leave the column out of --encode");
  }
  // One without any value is left out by the pipeline, which says so.
  if (column.type == ColumnType::kText || column.type == ColumnType::kMissing) return;
  refuse_embedding(options, layer, who + " is of type " + std::string(to_string(column.type)) + ", not text",
                   "--categorical '" + shorten(column.name) + "' makes categories of its values");
}

void fill_in_categories(const FitOptions& options, LayerSpec& layer, const std::string& column, std::size_t codes) {
  for (const LayerOption& option : find_row(layers(), layer.type)->options) {
    if (!option.from_table) continue;
    const auto [value, is_new] = layer.options.emplace(option.name, static_cast<double>(codes));
    if (is_new || value->second == static_cast<double>(codes)) continue;
    refuse_embedding(options, layer,
                     std::string(option.name) + " is " + shortest(value->second) + ", but column '" + shorten(column) +
                         "' has " + std::to_string(codes),
                     "leave it out: it follows from the table");
  }
}

}  // namespace

NetworkDraft network_draft(const FitOptions& options) {
  if (!options.network.empty()) {
    return draft_from_json(parse_json(options.network, ErrorKind::kUsage, kOption), kOption);
  }
  NetworkDraft draft =
      draft_from_text(options.hidden.value_or(std::string(kDefaultHidden)), options.activation, options.dropout);
  embed(draft, options.embed);
  return draft;
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

std::set<std::string> code_columns(const FitOptions& options, const NetworkDraft& draft, const Table& data) {
  std::set<std::string> columns;
  for (const auto& [name, layer] : code_inputs_of(draft, options)) {
    const std::vector<std::string>& named = find_input(draft, name)->columns;
    if (named.size() != 1) {
      const std::string input = "its input '" + shorten(name) + "' ";
      refuse_embedding(options, *layer,
                       input +
                           (named.empty() ? "names no column" : "has " + std::to_string(named.size()) + " columns") +
                           "; an embedding reads one",
                       named.empty() ? R"(name a column of text: {"name": "shop", "columns": ["shop"]})"
                                     : "give each column an input and an embedding of its own");
    }
    if (const auto column = data.find(named[0])) check_code_column(options, *layer, data.column(*column));
    columns.insert(named[0]);
  }
  return columns;
}

NetworkDraft fitted_draft(const FitOptions& options, NetworkDraft draft, const Pipeline& pipeline) {
  const auto columns = pipeline.features_of_columns();
  const std::vector<std::size_t> codes = pipeline.codes_of_columns();
  std::map<std::string, std::size_t> codes_of;
  for (std::size_t k = 0; k < columns.size(); ++k) codes_of[columns[k].first] = codes[k];
  for (LayerSpec& layer : draft.layers) {
    const NetworkDraft::Input* const input = layer.from.size() == 1 ? find_input(draft, layer.from[0]) : nullptr;
    if (input == nullptr || input->columns.size() != 1 || codes_of[input->columns[0]] == 0) continue;
    fill_in_categories(options, layer, input->columns[0], codes_of[input->columns[0]]);
  }
  const std::set<std::string> named = named_columns(draft);
  const bool is_left = std::ranges::any_of(columns, [&](const auto& column) { return !named.contains(column.first); });
  if (!options.embed.empty() && !is_left) {
    std::erase_if(draft.inputs, [](const NetworkDraft::Input& input) { return input.columns.empty(); });
    for (LayerSpec& layer : draft.layers) std::erase(layer.from, "x");
  }
  return draft;
}

namespace {

/// What the pipeline has said of the columns that it could not use.
std::string why_left_out(std::span<const std::string> columns, std::span<const std::string> warnings) {
  std::vector<std::string> reasons;
  for (const std::string& column : columns) {
    const std::string start = named_column(column) + " is left out: ";
    const auto said = std::ranges::find_if(warnings, [&](const auto& warning) { return warning.starts_with(start); });
    if (said != warnings.end()) reasons.push_back(*said);
  }
  return reasons.empty() ? "no column is left for it" : join_names(reasons, "and");
}

}  // namespace

std::vector<std::size_t> input_sizes(const FitOptions& options, const NetworkDraft& draft, const Pipeline& pipeline,
                                     std::span<const std::string> warnings) {
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
    if (size == 0 && !options.embed.empty()) {
      raise({.kind = ErrorKind::kUsage,
             .what = why_left_out(input.columns, warnings),
             .where = embedding_option(options),
             .fix = "leave it out of --embed; ffwd inspect shows what is in the columns"});
    }
    if (size == 0) {
      refuse("input '" + shorten(input.name) + "' has no features left: " + why_left_out(input.columns, warnings),
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
