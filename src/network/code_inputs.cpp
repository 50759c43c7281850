#include "network/code_inputs.h"

#include <algorithm>

#include "core/names.h"
#include "core/raise.h"
#include "core/rows.h"
#include "network/layer.h"

namespace ffwd {
namespace {

[[noreturn]] void refuse(const std::string& what, const std::string& fix) {
  raise({.kind = ErrorKind::kUsage, .what = what, .where = "network", .fix = fix});
}

std::string in_quotes(const std::string& name) { return "'" + shorten(name) + "'"; }

bool reads_codes(const LayerSpec& layer) {
  const LayerRow* const row = find_row(layers(), layer.type);
  return row != nullptr && row->reads_codes;
}

}  // namespace

std::map<std::string, const LayerSpec*> code_inputs(std::span<const std::string> inputs,
                                                    std::span<const LayerSpec> layers) {
  std::map<std::string, const LayerSpec*> codes;
  for (const LayerSpec& layer : layers) {
    if (!reads_codes(layer)) continue;
    const std::string who = "layer " + in_quotes(layer.name);
    if (layer.from.size() != 1) {
      refuse(who + " reads " + std::to_string(layer.from.size()) + " sources; an " + layer.type +
                 " reads one, an input of codes",
             "give each column of categories an input and an " + layer.type + " of its own");
    }
    const std::string& from = layer.from[0];
    if (std::ranges::find(inputs, from) != inputs.end()) {
      codes.emplace(from, &layer);
    } else if (std::ranges::find(layers, from, &LayerSpec::name) != layers.end()) {
      refuse(who + " reads the layer " + in_quotes(from) + "; an " + layer.type + " reads codes, which are an input",
             R"(let it read an input of one column of text: {"name": "shop", "columns": ["shop"]})");
    }
  }
  for (const LayerSpec& layer : layers) {
    if (reads_codes(layer)) continue;
    for (const std::string& from : layer.from) {
      if (!codes.contains(from)) continue;
      refuse("the input " + in_quotes(from) + " holds codes for layer " + in_quotes(codes.at(from)->name) +
                 ", and layer " + in_quotes(layer.name) + " would take them for numbers",
             "let " + in_quotes(layer.name) + " read " + in_quotes(codes.at(from)->name) + " instead");
    }
  }
  return codes;
}

std::size_t categories_of(const LayerSpec& layer) {
  if (!reads_codes(layer)) return 0;
  const auto options = find_row(layers(), layer.type)->options;
  return static_cast<std::size_t>(option_of(layer, *std::ranges::find(options, true, &LayerOption::from_table)));
}

}  // namespace ffwd
