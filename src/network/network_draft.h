// NetworkDraft: a network as a user writes it, before the table is known: sizes, sources and order may be left open.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "ffwd/network.h"

namespace ffwd {

struct NetworkDraft {
  struct Input {
    std::string name;
    std::vector<std::string> columns{};  ///< of the table; none: all that no other input names
    [[nodiscard]] bool operator==(const Input&) const = default;
  };
  std::vector<Input> inputs;
  std::vector<LayerSpec> layers;     ///< in any order; size 0 and no `from` are open
  std::vector<std::string> outputs;  ///< none: the last layer

  [[nodiscard]] bool operator==(const NetworkDraft&) const = default;
};

/// The JSON of docs/network.md. A layer that names no source reads the layer before it in the list, the first one all
/// inputs; without inputs there is one, "x".
/// @throws Error(kUsage) an unknown key, a value of the wrong type; `where` names the file.
[[nodiscard]] NetworkDraft draft_from_json(const Json& json, const std::string& where);

/// The short form: hidden layers, separated by commas, each a size and words: "64 relu, 32 maxout 3 dropout 0.1". Units
/// of layers that name none are those of `activation`, one for all or one for each; `dropout` > 0 follows each hidden
/// layer that names none. A dense output layer comes last. "none": no hidden layer.
/// @throws Error(kUsage) that quotes the word.
[[nodiscard]] NetworkDraft draft_from_text(std::string_view hidden, std::span<const std::string> activation,
                                           double dropout);

/// What the text leaves to the other words of the command line.
struct HiddenLayers {
  std::size_t n = 0, without_unit = 0, without_dropout = 0;
};
/// @throws Error(kUsage) as draft_from_text.
[[nodiscard]] HiddenLayers hidden_layers(std::string_view hidden);

/// Gives each of the columns an input, called after it, and an embedding, "embedding1" …; what reads the input "x"
/// reads these too.
void embed(NetworkDraft& draft, std::span<const EmbeddedColumn> columns);

/// Puts the layers in order and fills in what is open: sizes that follow from the sources, and that of the last layer:
/// `outputs`. The result is valid.
/// @throws Error(kUsage) that names the layer and the mend: a cycle, a size that does not follow, and all that
/// NetworkSpec::validate() refuses.
[[nodiscard]] NetworkSpec complete(const NetworkDraft& draft, std::span<const std::size_t> input_sizes,
                                   std::size_t outputs);

}  // namespace ffwd
