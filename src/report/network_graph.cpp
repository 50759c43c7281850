#include "report/network_graph.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "core/names.h"
#include "core/rows.h"
#include "core/text.h"
#include "network/layer.h"
#include "report/chart_style.h"
#include "report/layered_layout.h"

namespace ffwd {
namespace {

constexpr double kMargin = 24, kTitles = 84;  // above the boxes
constexpr double kBoxHeight = 66, kLeastBoxWidth = 150, kPadding = 14;
constexpr std::size_t kMostNameBytes = 32, kMostWordBytes = 48;
// What is drawn as single units: about as many as can be told apart on a page.
constexpr std::size_t kMostUnits = 40, kMostEdges = 200;
constexpr double kUnitHeight = 36, kLeastUnitWidth = 52, kUnitPadding = 8;
constexpr std::size_t kMostUnitNameBytes = 14;

std::string counted(std::size_t n, const std::string& word) {
  return with_thousands(n) + " " + word + (n == 1 ? "" : "s");
}

void rectangle(std::string_view css_class, const Point& centre, double width, double height, double stroke_width,
               std::string& out) {
  out += fmt::format("<rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"6\" stroke-width=\"{}\"/>\n",
                     css_class, svg_number(centre.x - width / 2), svg_number(centre.y - height / 2), svg_number(width),
                     svg_number(height), stroke_width);
}

/// The layout's edges and arrows, moved by `by`.
void draw_edges(const LayeredLayout& layout, const Point& by, std::string& out) {
  out += svg_line("guide", 1.5, layout.edges,
                  fmt::format(" transform=\"translate({} {})\"", svg_number(by.x), svg_number(by.y)));
  for (const Point& tip : layout.tips) {
    const std::string x = svg_number(tip.x + by.x), y = svg_number(tip.y + by.y);
    out += fmt::format("<polygon class=\"label\" points=\"{},{} {},{} {},{}\"/>\n", x, y, svg_number(tip.x + by.x - 4),
                       svg_number(tip.y + by.y - 8), svg_number(tip.x + by.x + 4), svg_number(tip.y + by.y - 8));
  }
}

/// The single units of a layer, and the numbers that they read.
class UnitsPicture {
 public:
  /// Nothing if there are too many.
  static std::optional<UnitsPicture> of(const LayerSpec& layer) {
    if (layer.type != "units" || layer.graph.units.size() > kMostUnits || layer.graph.edges.size() > kMostEdges) {
      return std::nullopt;
    }
    UnitsPicture picture(layer);
    return picture.n_numbers_ > kMostUnits ? std::nullopt : std::optional(std::move(picture));
  }

  [[nodiscard]] double width() const { return layout_.width; }
  [[nodiscard]] double height() const { return layout_.height; }

  void draw(const Point& by, std::string& out) const {
    draw_edges(layout_, by, out);
    for (std::size_t k = 0; k < labels_.size(); ++k) {
      const Point at = {layout_.centres[k].x + by.x, layout_.centres[k].y + by.y};
      const bool number = k < n_numbers_;
      const bool output = outputs_[k];
      rectangle(number   ? "background line-0"
                : output ? "background line-1"
                         : "background axis",
                at, widths_[k], kUnitHeight, output ? 1.75 : 1.25, out);
      if (number) {
        out += svg_text("tick", {at.x, at.y + 4}, labels_[k][0], "middle");
      } else {
        out += svg_text("tick heading", {at.x, at.y - 2}, labels_[k][0], "middle");
        out += svg_text("tick", {at.x, at.y + 12}, labels_[k][1], "middle");
      }
    }
  }

 private:
  explicit UnitsPicture(const LayerSpec& layer) {
    std::map<std::string, std::size_t> nodes;
    std::map<std::string, bool> is_unit;
    for (const auto& [name, unit] : layer.graph.units) is_unit[name] = true;
    for (const auto& [from, to] : layer.graph.edges) {
      if (!is_unit.contains(from) && nodes.emplace(from, n_numbers_).second) {
        ++n_numbers_;
        add(from, "", false);
      }
    }
    for (const auto& [name, unit] : layer.graph.units) {
      nodes[name] = labels_.size();
      add(name, unit, std::ranges::find(layer.graph.outputs, name) != layer.graph.outputs.end());
    }
    LayeredGraph graph{.nodes = {}, .edges = {}, .node_gap = 14, .row_gap = 34};
    for (const double width : widths_) graph.nodes.push_back({width, kUnitHeight});
    for (const auto& [from, to] : layer.graph.edges) graph.edges.emplace_back(nodes.at(from), nodes.at(to));
    layout_ = lay_out(graph);
  }

  void add(const std::string& name, const std::string& unit, bool output) {
    labels_.push_back({shorten(name, kMostUnitNameBytes), unit});
    const double wide = std::max(text_width(labels_.back()[0], kTickSize), text_width(unit, kTickSize));
    widths_.push_back(std::max(kLeastUnitWidth, wide + 2 * kUnitPadding));
    outputs_.push_back(output);
  }

  std::size_t n_numbers_ = 0;  // which come first
  std::vector<std::array<std::string, 2>> labels_;
  std::vector<double> widths_;
  std::vector<bool> outputs_;
  LayeredLayout layout_;
};

struct Box {
  std::string name, kind, counts;
  std::string role{};  ///< input, output or none
  std::optional<UnitsPicture> units{};
};

/// Whether the option is one of the layer's type; else it is its unit's.
bool belongs_to_type(const LayerSpec& layer, const std::string& option) {
  const LayerRow* const row = find_row(layers(), layer.type);
  return row != nullptr && std::ranges::find(row->options, option, &LayerOption::name) != row->options.end();
}

/// Sources that the layer names several times.
std::string repeated_sources(const LayerSpec& layer) {
  std::string words;
  std::map<std::string, int> times;
  for (const std::string& from : layer.from) ++times[from];
  for (const auto& [from, n] : times) {
    if (n > 1) words += fmt::format(", {} × {}", n, from);
  }
  return words;
}

std::vector<Box> boxes_of(const NetworkSpec& spec) {
  std::vector<Box> boxes;
  for (const InputSpec& input : spec.inputs) {
    boxes.push_back({.name = input.name, .kind = "input", .counts = counted(input.size, "feature"), .role = "input"});
  }
  for (const LayerSpec& layer : spec.layers) {
    const std::size_t n_parameters = spec.n_parameters(layer);
    std::string counts = counted(layer.size, layer.type == "units" ? "output" : "unit");
    if (n_parameters > 0) counts += " · " + counted(n_parameters, "parameter");
    boxes.push_back({.name = layer.name,
                     .kind = type_in_words(layer) + (layer.unit == "identity" ? "" : ", " + unit_in_words(layer)) +
                             repeated_sources(layer),
                     .counts = counts,
                     .units = UnitsPicture::of(layer)});
    if (std::ranges::find(spec.outputs, layer.name) != spec.outputs.end()) boxes.back().role = "output";
  }
  for (Box& box : boxes) {
    box.name = shorten(box.name, kMostNameBytes);
    box.kind = shorten(box.kind, kMostWordBytes);
  }
  return boxes;
}

/// Of all boxes, so that they stand in line and edges pass them straight.
double common_width(const std::vector<Box>& boxes) {
  double width = kLeastBoxWidth;
  for (const Box& box : boxes) {
    const double name = text_width(box.name, kTextSize) + (box.role == "output" ? text_width(" output", kTickSize) : 0);
    width = std::max({width, name + 2 * kPadding, text_width(box.kind, kTickSize) + 2 * kPadding,
                      text_width(box.counts, kTickSize) + 2 * kPadding});
  }
  return width;
}

LayeredGraph graph_of(const NetworkSpec& spec, const std::vector<Box>& boxes) {
  LayeredGraph graph;
  const double width = common_width(boxes);
  for (const Box& box : boxes) {
    graph.nodes.push_back({width, kBoxHeight});
    if (!box.units) continue;
    graph.nodes.back() = {std::max(width, box.units->width() + 2 * kPadding),
                          kBoxHeight + box.units->height() + kPadding};
  }
  std::map<std::string, std::size_t> numbers;
  for (std::size_t k = 0; k < spec.inputs.size(); ++k) numbers[spec.inputs[k].name] = k;
  for (std::size_t k = 0; k < spec.layers.size(); ++k) {
    const std::size_t to = spec.inputs.size() + k;
    numbers[spec.layers[k].name] = to;
    std::set<std::string> met;
    for (const std::string& from : spec.layers[k].from) {
      if (met.insert(from).second) graph.edges.emplace_back(numbers.at(from), to);
    }
  }
  return graph;
}

void draw_box(const Box& box, const Point& centre, const LayeredGraph::Node& size, std::string& out) {
  const bool input = box.role == "input", output = box.role == "output";
  rectangle(input    ? "background line-0"
            : output ? "background line-1"
                     : "background axis",
            centre, size.width, size.height, input || output ? 2 : 1.25, out);
  const double left = centre.x - size.width / 2 + kPadding, top = centre.y - size.height / 2;
  out += svg_text("heading", {left, top + 22}, box.name);
  out += svg_text(input ? "tick fill-0" : "tick", {left, top + 39}, box.kind);
  out += svg_text("tick", {left, top + 55}, box.counts);
  if (output) {
    out += svg_text("tick fill-1", {centre.x + size.width / 2 - kPadding, top + 22}, "output", "end");
  }
  if (box.units) box.units->draw({centre.x - box.units->width() / 2, top + kBoxHeight}, out);
}

}  // namespace

std::string type_in_words(const LayerSpec& layer) {
  std::string words = layer.type;
  for (const auto& [name, value] : layer.options) {
    if (!belongs_to_type(layer, name)) continue;
    if (name != kBiasOption.name) words += ", " + name + " " + shortest(value);
    if (name == kBiasOption.name && value == 0) words += ", no bias";
  }
  return words;
}

std::string unit_in_words(const LayerSpec& layer) {
  std::string words = layer.unit;
  for (const auto& [name, value] : layer.options) {
    if (!belongs_to_type(layer, name)) words += ", " + name + " " + shortest(value);
  }
  return words;
}

std::string network_graph_svg(const NetworkSpec& spec, const std::string& title) {
  const std::vector<Box> boxes = boxes_of(spec);
  const LayeredGraph graph = graph_of(spec, boxes);
  const LayeredLayout layout = lay_out(graph);
  const std::string subtitle = counted(spec.n_inputs(), "feature") + ", " + counted(spec.layers.size(), "layer") +
                               ", " + counted(spec.n_parameters(), "parameter") + ", " +
                               counted(spec.n_outputs(), "output");
  const std::string shown = shorten(title, 60);
  const double inner = std::max({layout.width, text_width(shown, kTitleSize), text_width(subtitle, kTextSize)});
  const Point by = {kMargin + (inner - layout.width) / 2, kTitles};
  std::string out = svg_text("title", {kMargin, 38}, shown) + svg_text("subtitle", {kMargin, 60}, subtitle);
  draw_edges(layout, by, out);
  for (std::size_t k = 0; k < boxes.size(); ++k) {
    draw_box(boxes[k], {layout.centres[k].x + by.x, layout.centres[k].y + by.y}, graph.nodes[k], out);
  }
  return chart_picture(title + ". " + subtitle, inner + 2 * kMargin, kTitles + layout.height + kMargin, out);
}

}  // namespace ffwd
