// A NetworkDraft from the short form of the command line: "64 relu, 64 tanh dropout 0.1".
#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <utility>

#include "core/names.h"
#include "core/raise.h"
#include "core/rows.h"
#include "core/text.h"
#include "network/layer.h"
#include "network/network_draft.h"

namespace ffwd {
namespace {

[[noreturn]] void refuse(const std::string& what, const std::string& fix) {
  raise({.kind = ErrorKind::kUsage, .what = what, .where = "--hidden", .fix = fix});
}

template <class N>
std::optional<N> number_from(std::string_view text) {
  N value{};
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (std::size_t begin = 0; begin < text.size();) {
    begin = text.find_first_not_of(' ', begin);
    if (begin == std::string_view::npos) break;
    const std::size_t end = std::min(text.find(' ', begin), text.size());
    words.emplace_back(text.substr(begin, end - begin));
    begin = end;
  }
  return words;
}

/// Of a word that is a layer's name. The number that may follow is the layer's first option. Layers of a free size take
/// the place of the dense one, others come behind it.
const LayerRow* layer_word(const std::string& word) {
  const LayerRow* const row = find_row(layers(), word);
  return row != nullptr && row->is_word ? row : nullptr;
}

std::vector<std::string> known_words() {
  std::vector<std::string> words = layer_unit_names();
  for (const LayerRow* row : layers()) {
    if (row->is_word) words.emplace_back(row->name);
  }
  return words;
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(' '), text.size());
  return text.substr(begin, text.find_last_not_of(' ') + 1 - begin);
}

/// One hidden layer's words: the layers they stand for.
class HiddenLayer {
 public:
  HiddenLayer(std::string_view text, std::size_t number)
      : words_(words_of(text)), name_("hidden" + std::to_string(number)) {
    const std::optional<std::size_t> size = words_.empty() ? std::nullopt : number_from<std::size_t>(words_[0]);
    if (!size || *size == 0) {
      refuse(
          "hidden layer " + std::to_string(number) + " is '" + shorten(text) + "', which does not begin with its size",
          "give a size, then words: 64 tanh dropout 0.1");
    }
    layers_.push_back({.name = name_, .type = "dense", .from = {}, .size = *size});
    while (++at_ < words_.size()) take_word();
  }

  [[nodiscard]] bool lacks_unit() const { return unit_.empty() && layers_[0].type == "dense"; }
  [[nodiscard]] bool has(std::string_view type) const {
    return std::ranges::find(layers_, type, &LayerSpec::type) != layers_.end();
  }
  std::vector<LayerSpec> finish(const std::string& activation, double dropout) && {
    if (lacks_unit()) layers_[0].unit = activation;
    if (dropout > 0 && !has("dropout")) add("dropout").options["rate"] = dropout;
    return std::move(layers_);
  }

 private:
  void take_word() {
    const std::string& word = words_[at_];
    if (const LayerRow* const row = layer_word(word)) return take_layer(*row);
    const std::vector<std::string> units = layer_unit_names();
    if (std::ranges::find(units, word) == units.end()) {
      if (number_from<double>(word)) {
        refuse(name_ + ": no number can stand where '" + shorten(word) + "' does",
               "give numbers to words that take one");
      }
      refuse(name_ + ": " + unknown_name("unit or layer", word, known_words()), "");
    }
    if (layers_[0].type != "dense") {
      refuse(name_ + " is " + layers_[0].type + ", which has no unit beside it such as '" + word + "'",
             "take one of the two words out");
    }
    if (!unit_.empty()) {
      refuse(name_ + " has two units, '" + unit_ + "' and '" + word + "'", "name one unit for each layer");
    }
    unit_ = word;
    layers_.back().unit = word;  // of what stands before it: "64 batch_norm relu"
    if (const UnitRow* const unit = find_unit(word)) take_number(layers_.back(), unit->parameter);
  }

  void take_layer(const LayerRow& row) {
    const bool replaces = row.size == LayerSize::kFree;
    if (has(row.name) || (replaces && (layers_[0].type != "dense" || !unit_.empty()))) {
      refuse(name_ + " cannot be '" + std::string(row.name) + "' as well",
             "give it a layer of its own: 64 relu, 32 maxout");
    }
    if (replaces) layers_[0].type = row.name;
    LayerSpec& layer = replaces ? layers_[0] : add(std::string(row.name));
    take_number(layer, row.options.empty() ? "" : row.options[0].name);
  }

  void take_number(LayerSpec& layer, std::string_view option) {
    if (option.empty() || at_ + 1 == words_.size()) return;
    if (const auto value = number_from<double>(words_[at_ + 1])) {
      layer.options[std::string(option)] = *value;
      ++at_;
    }
  }

  LayerSpec& add(const std::string& type) {
    layers_.push_back({.name = name_ + "_" + type, .type = type, .from = {layers_.back().name}});
    return layers_.back();
  }

  std::vector<std::string> words_;
  std::string name_, unit_;  // "" = none is named
  std::size_t at_ = 0;
  std::vector<LayerSpec> layers_;
};

std::vector<std::string_view> parts_of(std::string_view hidden) {
  std::vector<std::string_view> parts;
  if (trimmed(hidden) == "none") return parts;
  for (std::size_t begin = 0; begin <= hidden.size();) {
    const std::size_t end = std::min(hidden.find(',', begin), hidden.size());
    parts.push_back(trimmed(hidden.substr(begin, end - begin)));
    begin = end + 1;
  }
  return parts;
}

}  // namespace

HiddenLayers hidden_layers(std::string_view hidden) {
  HiddenLayers count;
  for (const std::string_view part : parts_of(hidden)) {
    const HiddenLayer layer(part, ++count.n);
    if (layer.lacks_unit()) ++count.without_unit;
    if (!layer.has("dropout")) ++count.without_dropout;
  }
  return count;
}

NetworkDraft draft_from_text(std::string_view hidden, std::span<const std::string> activation, double dropout) {
  NetworkDraft draft{.inputs = {{.name = "x"}}, .layers = {}, .outputs = {}};
  std::string before = "x";
  const std::vector<std::string_view> parts = parts_of(hidden);
  if (!parts.empty() && activation.size() != 1 && activation.size() != parts.size()) {
    refuse(std::to_string(activation.size()) + " activations for " + std::to_string(parts.size()) + " hidden layers",
           "give one for all, or one for each hidden layer");
  }
  for (std::size_t k = 0; k < parts.size(); ++k) {
    const std::string& unit = activation.size() == 1 ? activation[0] : activation[k];
    std::vector<LayerSpec> layers = HiddenLayer(parts[k], k + 1).finish(unit, dropout);
    layers[0].from = {before};
    before = layers.back().name;
    draft.layers.insert(draft.layers.end(), layers.begin(), layers.end());
  }
  draft.layers.push_back({.name = "output", .type = "dense", .from = {before}});
  return draft;
}

}  // namespace ffwd
