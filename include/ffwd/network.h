// NetworkSpec: a network as data, without weights.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace ffwd {

/// The most units a layer, or numbers an input, may have.
inline constexpr std::size_t kMaxUnits = 1'000'000;

/// A place where features enter: `size` numbers per row.
struct InputSpec {
  std::string name;
  std::size_t size = 0;
  bool operator==(const InputSpec&) const = default;
};

/// One named layer. `type` is a name of the layer table ("dense"), `unit` one of the unit table ("relu").
struct LayerSpec {
  std::string name;
  std::string type;
  std::vector<std::string> from;  ///< names of inputs or earlier layers whose outputs it reads
  std::size_t size = 0;           ///< outputs per row
  std::string unit;
  bool operator==(const LayerSpec&) const = default;
};

/// A directed acyclic graph of layers, in an order in which each layer comes after what it reads.
struct NetworkSpec {
  std::vector<InputSpec> inputs;
  std::vector<LayerSpec> layers;
  std::vector<std::string> outputs;  ///< names of the layers whose values are the network's raw outputs
  std::size_t members = 1;
  bool operator==(const NetworkSpec&) const = default;

  /// Throws Error(kUsage) that names the layer and the mend: unknown type or unit, a size of 0, a name twice, a
  /// source that does not come before, a layer that leads to no output.
  void validate() const;
  /// Weights and biases, padding not counted.
  [[nodiscard]] std::size_t n_parameters() const;
  /// Raw outputs per row.
  [[nodiscard]] std::size_t n_outputs() const;
};

/// The plain network: input "x" -> dense "hidden1" … "hiddenN" -> dense "output" with the identity unit.
/// `activation` holds one unit for all hidden layers or one for each.
[[nodiscard]] NetworkSpec dense_network(std::size_t inputs, const std::vector<std::size_t>& hidden,
                                        const std::vector<std::string>& activation, std::size_t outputs);

}  // namespace ffwd
