// Random networks for property tests: any graph of any layers, of few and awkward sizes.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/philox.h"
#include "ffwd/network.h"
#include "network/layer.h"

namespace ffwd {

class RandomNetwork {
 public:
  explicit RandomNetwork(std::uint64_t seed) : random_(seed, Purpose::kInitialWeights) {}

  NetworkSpec make() {
    n_inputs_ = 1 + below(3) / 2;
    for (std::size_t k = 0; k < n_inputs_; ++k) {
      spec_.inputs.push_back({.name = "x" + std::to_string(k), .size = size()});
      unread_.push_back(spec_.inputs.back().name);
    }
    const std::size_t n_layers = 1 + below(6);
    for (std::size_t k = 0; k < n_layers; ++k) add_layer();
    add_output();
    spec_.validate();
    return spec_;
  }

  std::size_t below(std::size_t n) { return static_cast<std::size_t>(random_.below(n, 0, index_++)); }
  double number(double low, double high) { return low + (high - low) * random_.uniform(0, index_++); }

 private:
  std::size_t size() {
    constexpr std::size_t kSizes[] = {1, 2, 3, 4, 5, 8, 9, 17};
    return kSizes[below(std::size(kSizes))];
  }

  // What nothing has read yet first, so that all ends in the output; now and then anything.
  std::string source() {
    if (!unread_.empty() && below(3) > 0) return unread_[below(unread_.size())];
    const std::size_t k = below(n_inputs_ + spec_.layers.size());
    return k < n_inputs_ ? spec_.inputs[k].name : spec_.layers[k - n_inputs_].name;
  }

  // It has an input to itself, "c0", "c1" …
  void add_code_layer(LayerSpec layer) {
    layer.from = {"c" + std::to_string(spec_.inputs.size() - n_inputs_)};
    spec_.inputs.push_back({.name = layer.from[0], .size = 1});
    layer.size = size();
    layer.options["categories"] = static_cast<double>(1 + below(3));
    take(layer);
  }

  void add_layer() {
    const LayerRow& row = *layers()[below(layers().size())];
    LayerSpec layer{.name = "l" + std::to_string(spec_.layers.size()), .type = std::string(row.name)};
    const std::vector<std::string> units = layer_unit_names();
    layer.unit = units[below(units.size())];
    if (layer.unit == layer.type) layer.unit = "identity";
    if (row.reads_codes) return add_code_layer(std::move(layer));
    const std::size_t n_sources = 1 + below(3) / 2;
    for (std::size_t k = 0; k < n_sources; ++k) layer.from.push_back(source());
    if (row.size == LayerSize::kSameAsAll) make_sizes_equal(layer.from);
    std::size_t sum = 0;
    for (const std::string& from : layer.from) sum += spec_.size_of(from);
    layer.size = row.size == LayerSize::kFree  ? size()
                 : row.size == LayerSize::kSum ? sum
                                               : spec_.size_of(layer.from[0]);
    for (const LayerOption& option : row.options) {
      if (option.whole) layer.options[std::string(option.name)] = static_cast<double>(below(2) + 1) * 1.0;
    }
    if (layer.options.contains("bias")) layer.options["bias"] = static_cast<double>(below(2));
    if (layer.type == "units") make_graph(layer);
    take(layer);
  }

  // A dense layer before each source that differs from the first.
  void make_sizes_equal(std::vector<std::string>& sources) {
    const std::size_t wanted = spec_.size_of(sources[0]);
    for (std::string& source : sources) {
      if (spec_.size_of(source) == wanted) continue;
      LayerSpec fit{
          .name = "l" + std::to_string(spec_.layers.size()), .type = "dense", .from = {source}, .size = wanted};
      source = fit.name;
      take(fit);
    }
  }

  // The layer that comes after may have taken the name meanwhile.
  void take(LayerSpec layer) {
    layer.name = "l" + std::to_string(spec_.layers.size());
    for (const std::string& from : layer.from) std::erase(unread_, from);
    unread_.push_back(layer.name);
    spec_.layers.push_back(std::move(layer));
  }

  void make_graph(LayerSpec& layer) {
    const char* const kUnits[] = {"tanh", "sigmoid", "identity", "softplus"};
    std::ranges::sort(layer.from);  // such a layer reads each source, and once
    layer.from.erase(std::ranges::unique(layer.from).begin(), layer.from.end());
    const std::size_t n = 1 + below(6);
    for (std::size_t u = 0; u < n; ++u) {
      const std::string name = "u" + std::to_string(u);
      layer.graph.units.emplace_back(name, kUnits[below(4)]);
      const std::string& from = layer.from[below(layer.from.size())];
      layer.graph.edges.emplace_back(from + "." + std::to_string(below(spec_.size_of(from))), name);
      for (std::size_t v = 0; v < u; ++v) {
        if (v + 1 == u || below(3) == 0) layer.graph.edges.emplace_back("u" + std::to_string(v), name);
      }
    }
    for (const std::string& from : layer.from) {
      const std::pair<std::string, std::string> edge = {from + ".0", "u0"};
      if (std::ranges::find(layer.graph.edges, edge) == layer.graph.edges.end()) layer.graph.edges.push_back(edge);
    }
    layer.graph.outputs = {"u" + std::to_string(n - 1)};
    if (n > 1 && below(2) == 0) layer.graph.outputs.push_back("u0");
    layer.size = layer.graph.outputs.size();
  }

  void add_output() {
    LayerSpec output{.type = "dense", .from = unread_, .size = size()};
    const bool several =
        unread_.size() > 1 && below(4) == 0 && std::ranges::none_of(spec_.inputs, [&](const InputSpec& input) {
          return std::ranges::count(unread_, input.name) > 0;
        });
    if (several) {
      spec_.outputs = unread_;
      return;
    }
    take(output);
    spec_.outputs = {spec_.layers.back().name};
  }

  Philox random_;
  std::uint64_t index_ = 0;
  NetworkSpec spec_;
  std::size_t n_inputs_ = 0;  // of numbers; those of codes come behind them
  std::vector<std::string> unread_;
};

}  // namespace ffwd
