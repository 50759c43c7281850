// NetworkSpec: a network as data, without weights.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace ffwd {

/// The most units a layer, or numbers an input, may have.
inline constexpr std::size_t kMaxUnits = 1'000'000;

/// The most networks an ensemble may have.
inline constexpr std::size_t kMaxMembers = 1000;

/// A place where features enter: `size` numbers per row.
struct InputSpec {
  std::string name;
  std::size_t size = 0;
  bool operator==(const InputSpec&) const = default;
};

/// What a layer of the type "units" holds: single units, each with a bias, joined by weighted edges.
struct UnitGraph {
  std::vector<std::pair<std::string, std::string>> units;  ///< name, and a name of the unit table
  /// From and to. Ends are names of units; an edge may also start at a number the layer reads: "x.0" is the first of
  /// source x, or "x" where x has just one.
  std::vector<std::pair<std::string, std::string>> edges;
  std::vector<std::string> outputs;  ///< names of the units that are the layer's outputs
  bool operator==(const UnitGraph&) const = default;
};

/// One named layer. `type` is a name of the layer table ("dense"), `unit` one of the unit table ("relu") or of a layer
/// that is a unit ("prelu").
struct LayerSpec {
  std::string name;
  std::string type;
  std::vector<std::string> from;  ///< names of inputs or earlier layers whose outputs it reads
  std::size_t size = 0;           ///< outputs per row
  std::string unit = "identity";
  std::map<std::string, double> options{};  ///< of its type or unit, where they are not the usual ones
  UnitGraph graph{};                        ///< of the type "units" alone
  bool operator==(const LayerSpec&) const = default;
};

/// A directed acyclic graph of layers, in an order in which each layer comes after what it reads.
struct NetworkSpec {
  std::vector<InputSpec> inputs;  ///< a row of features holds them one after the other
  std::vector<LayerSpec> layers;
  std::vector<std::string> outputs;  ///< names of the layers whose values, side by side, are the raw outputs
  std::size_t members = 1;  ///< networks of this kind side by side, 1 … kMaxMembers, whose answers are averaged
  bool operator==(const NetworkSpec&) const = default;

  /// Throws Error(kUsage) that names the layer and the mend: unknown type, unit or option, a size that is 0 or does not
  /// fit, a name twice, a source that does not come before, a layer that leads to no output.
  void validate() const;
  /// Numbers that one member learns, padding not counted.
  [[nodiscard]] std::size_t n_parameters() const;
  /// The same for one layer.
  [[nodiscard]] std::size_t n_parameters(const LayerSpec& layer) const;
  /// Features per row: of all inputs together.
  [[nodiscard]] std::size_t n_inputs() const;
  /// Raw outputs per row.
  [[nodiscard]] std::size_t n_outputs() const;
  /// Outputs of the input or layer called `name`; 0 if there is none.
  [[nodiscard]] std::size_t size_of(std::string_view name) const;
};

/// A column of text, and how many numbers a network learns for each of its values.
struct EmbeddedColumn {
  std::string column;
  std::size_t size = 8;  ///< 1 … kMaxUnits
};

/// The plain network: input "x" -> dense "hidden1" … "hiddenN" -> dense "output" with the identity unit.
/// `activation` holds one unit for all hidden layers or one for each.
[[nodiscard]] NetworkSpec dense_network(std::size_t inputs, const std::vector<std::size_t>& hidden,
                                        const std::vector<std::string>& activation, std::size_t outputs);

}  // namespace ffwd
