#include "report/layered_layout.h"

#include <algorithm>
#include <compare>
#include <cstdint>
#include <ranges>
#include <span>

namespace ffwd {
namespace {

constexpr int kOrderSweeps = 12, kPlaceSweeps = 24;
constexpr double kBendGap = 18;   // between an edge that passes and what stands beside it
constexpr double kPortGap = 16;   // between edges that end at one node
constexpr double kPortEdge = 14;  // from a node's corner to the first of them

/// A node of the graph, or a place where an edge passes a row.
struct Stop {
  double width = 0, height = 0;
  bool bend = false;
  std::size_t row = 0, place = 0;
  double x = 0;
  std::vector<std::size_t> above{}, below{};
};

/// What stands side by side, and how far apart from the one before.
struct Wish {
  double at, weight, gap;
};

/// As near to all wishes as the gaps allow, in least squares: pools of neighbours (Barlow et al. 1972).
std::vector<double> fulfilled(std::span<const Wish> wishes) {
  struct Pool {
    double at, weight;
    std::size_t n;
  };
  std::vector<Pool> pools;
  double offset = 0;
  for (const Wish& wish : wishes) {
    offset += wish.gap;
    pools.push_back({wish.at - offset, wish.weight, 1});
    while (pools.size() > 1 && pools.back().at < pools[pools.size() - 2].at) {
      const Pool last = pools.back();
      pools.pop_back();
      Pool& pool = pools.back();
      const double weight = pool.weight + last.weight;
      pool = {(pool.at * pool.weight + last.at * last.weight) / weight, weight, pool.n + last.n};
    }
  }
  std::vector<double> places;
  offset = 0;
  for (const Pool& pool : pools) {
    for (std::size_t k = 0; k < pool.n; ++k) {
      offset += wishes[places.size()].gap;
      places.push_back(pool.at + offset);
    }
  }
  return places;
}

class Layout {
 public:
  explicit Layout(const LayeredGraph& graph) : graph_(graph) {
    for (const LayeredGraph::Node& node : graph.nodes) stops_.push_back({.width = node.width, .height = node.height});
    find_rows();
    add_bends();
    order_rows();
    place_stops();
  }

  [[nodiscard]] LayeredLayout result() {
    LayeredLayout layout;
    if (stops_.empty()) return layout;
    double left = stops_[0].x, right = left;
    for (const Stop& stop : stops_) {
      left = std::min(left, stop.x - stop.width / 2);
      right = std::max(right, stop.x + stop.width / 2);
    }
    for (Stop& stop : stops_) stop.x -= left;
    layout.width = right - left;
    for (const auto& row : rows_) {
      double height = 0;
      for (const std::size_t s : row) height = std::max(height, stops_[s].height);
      tops_.push_back(layout.height);
      layout.height += height;
      bottoms_.push_back(layout.height);
      layout.height += graph_.row_gap;
    }
    layout.height -= graph_.row_gap;
    for (std::size_t k = 0; k < graph_.nodes.size(); ++k) layout.centres.push_back({stops_[k].x, middle(stops_[k])});
    draw_edges(layout);
    return layout;
  }

 private:
  void find_rows() {
    for (bool changed = true; changed;) {
      changed = false;
      for (const auto& [from, to] : graph_.edges) {
        if (stops_[to].row > stops_[from].row) continue;
        stops_[to].row = stops_[from].row + 1;
        changed = true;
      }
    }
    std::size_t last = 0;
    for (const Stop& stop : stops_) last = std::max(last, stop.row);
    rows_.resize(stops_.empty() ? 0 : last + 1);
    for (std::size_t k = 0; k < stops_.size(); ++k) rows_[stops_[k].row].push_back(k);
  }

  void join(std::size_t from, std::size_t to) {
    stops_[from].below.push_back(to);
    stops_[to].above.push_back(from);
  }

  // One chain of bends for all edges that leave a node.
  void add_bends() {
    std::vector<std::vector<std::size_t>> targets(graph_.nodes.size());
    for (const auto& [from, to] : graph_.edges) targets[from].push_back(to);
    for (std::size_t k = 0; k < targets.size(); ++k) {
      std::ranges::sort(targets[k], {}, [&](std::size_t to) { return std::pair(stops_[to].row, to); });
      std::size_t last = k;
      for (const std::size_t to : targets[k]) {
        while (stops_[last].row + 1 < stops_[to].row) {
          const std::size_t bend = stops_.size(), row = stops_[last].row + 1;
          stops_.push_back({.bend = true, .row = row});
          rows_[row].push_back(bend);
          join(last, bend);
          last = bend;
        }
        join(last, to);
      }
    }
  }

  void number_places() {
    for (const auto& row : rows_) {
      for (std::size_t k = 0; k < row.size(); ++k) stops_[row[k]].place = k;
    }
  }

  [[nodiscard]] double barycentre(const Stop& stop, const std::vector<std::size_t> Stop::* neighbours) const {
    const std::vector<std::size_t>& near = stop.*neighbours;
    if (near.empty()) return static_cast<double>(stop.place);
    double sum = 0;
    for (const std::size_t s : near) sum += static_cast<double>(stops_[s].place);
    return sum / static_cast<double>(near.size());
  }

  /// Pairs of edges between this row and the next that cross.
  [[nodiscard]] std::uint64_t crossings(const std::vector<std::size_t>& row, std::size_t n_below) const {
    std::vector<std::uint64_t> tree(n_below + 1);  // counts by place, as sums over binary ranges: Fenwick (1994)
    std::uint64_t n = 0, crossed = 0;
    for (const std::size_t s : row) {
      for (const std::size_t to : stops_[s].below) {
        std::uint64_t up_to = 0;
        for (std::size_t i = stops_[to].place + 1; i > 0; i -= i & (~i + 1)) up_to += tree[i];
        crossed += n - up_to;
      }
      for (const std::size_t to : stops_[s].below) {
        for (std::size_t i = stops_[to].place + 1; i <= n_below; i += i & (~i + 1)) ++tree[i];
        ++n;
      }
    }
    return crossed;
  }
  [[nodiscard]] std::uint64_t crossings() const {
    std::uint64_t sum = 0;
    for (std::size_t r = 0; r + 1 < rows_.size(); ++r) sum += crossings(rows_[r], rows_[r + 1].size());
    return sum;
  }

  void order_row(std::vector<std::size_t>& row, const std::vector<std::size_t> Stop::* neighbours) {
    struct Keyed {
      double barycentre;
      std::size_t place, stop;  // equal ones stay in their order
      auto operator<=>(const Keyed&) const = default;
    };
    std::vector<Keyed> keyed;
    for (const std::size_t s : row) keyed.push_back({barycentre(stops_[s], neighbours), stops_[s].place, s});
    std::ranges::sort(keyed);
    for (std::size_t k = 0; k < row.size(); ++k) {
      row[k] = keyed[k].stop;
      stops_[row[k]].place = k;
    }
  }

  void order_rows() {
    number_places();
    auto best = rows_;
    std::uint64_t fewest = crossings();
    for (int sweep = 0; sweep < kOrderSweeps && fewest > 0; ++sweep) {
      if (sweep % 2 == 0) {
        for (auto& row : rows_) order_row(row, &Stop::above);
      } else {
        for (auto& row : std::views::reverse(rows_)) order_row(row, &Stop::below);
      }
      if (const std::uint64_t crossed = crossings(); crossed < fewest) {
        fewest = crossed;
        best = rows_;
      }
    }
    rows_ = std::move(best);
    number_places();
  }

  [[nodiscard]] double gap(const Stop& a, const Stop& b) const {
    return (a.width + b.width) / 2 + (a.bend || b.bend ? kBendGap : graph_.node_gap);
  }

  // Where half of the weight of its neighbours lies on either side: straight where it can be. Long edges are kept
  // straight first, then the ways from node to node.
  [[nodiscard]] double wish(const Stop& stop, const std::vector<std::size_t> Stop::* neighbours) const {
    std::vector<std::pair<double, double>> near;
    double total = 0;
    for (const std::size_t s : stop.*neighbours) {
      const double weight = stop.bend && stops_[s].bend ? 8 : stop.bend || stops_[s].bend ? 1 : 4;
      near.emplace_back(stops_[s].x, weight);
      total += weight;
    }
    if (near.empty()) return stop.x;
    std::ranges::sort(near);
    double sum = 0;
    for (std::size_t k = 0; k < near.size(); ++k) {
      sum += near[k].second;
      if (2 * sum > total) return near[k].first;
      if (2 * sum == total) return (near[k].first + near[k + 1].first) / 2;
    }
    return stop.x;
  }

  void place_row(const std::vector<std::size_t>& row, const std::vector<std::size_t> Stop::* neighbours) {
    std::vector<Wish> wishes;
    for (std::size_t k = 0; k < row.size(); ++k) {
      const Stop& stop = stops_[row[k]];
      // Where both want to be in one place the node has it, and the edge goes around.
      wishes.push_back({.at = neighbours ? wish(stop, neighbours) : 0,
                        .weight = stop.bend ? 1 : 1e6,
                        .gap = k == 0 ? 0 : gap(stops_[row[k - 1]], stop)});
    }
    const std::vector<double> places = fulfilled(wishes);
    for (std::size_t k = 0; k < row.size(); ++k) stops_[row[k]].x = places[k];
  }

  void place_stops() {
    for (const auto& row : rows_) place_row(row, nullptr);
    for (int sweep = 0; sweep < kPlaceSweeps; ++sweep) {
      if (sweep % 2 == 0) {
        for (const auto& row : rows_) place_row(row, &Stop::above);
      } else {
        for (const auto& row : std::views::reverse(rows_)) place_row(row, &Stop::below);
      }
    }
  }

  [[nodiscard]] double middle(const Stop& stop) const { return (tops_[stop.row] + bottoms_[stop.row]) / 2; }

  /// Where the edges from above reach the node, in the order of `above`.
  [[nodiscard]] std::vector<double> ports(const Stop& stop) const {
    std::vector<std::size_t> order(stop.above.size());
    for (std::size_t k = 0; k < order.size(); ++k) order[k] = k;
    std::ranges::sort(order, {}, [&](std::size_t k) { return std::pair(stops_[stop.above[k]].x, k); });
    const double edge = std::min(kPortEdge, stop.width / 2);
    const double left = stop.x - stop.width / 2 + edge, right = stop.x + stop.width / 2 - edge;
    const double n_gaps = static_cast<double>(order.size()) - 1;
    const double apart = n_gaps > 0 ? std::min(kPortGap, (right - left) / n_gaps) : 0;
    std::vector<Wish> wishes;
    for (const std::size_t k : order) {
      wishes.push_back({std::clamp(stops_[stop.above[k]].x, left, right), 1, wishes.empty() ? 0 : apart});
    }
    const std::vector<double> places = fulfilled(wishes);
    std::vector<double> ports(order.size());
    for (std::size_t k = 0; k < order.size(); ++k) {
      const double before = static_cast<double>(k) * apart, after = (n_gaps - static_cast<double>(k)) * apart;
      const double lowest = left + before;
      ports[order[k]] = std::clamp(places[k], lowest, std::max(lowest, right - after));  // equal but for rounding
    }
    return ports;
  }

  void draw_edges(LayeredLayout& layout) const {
    for (const Stop& stop : stops_) {
      const std::vector<double> to = stop.bend ? std::vector<double>{stop.x} : ports(stop);
      for (std::size_t k = 0; k < stop.above.size(); ++k) {
        const Stop& from = stops_[stop.above[k]];
        const double top = stop.bend ? bottoms_[stop.row] : middle(stop) - stop.height / 2;
        draw_edge(from, {to[k], top}, stop.row, layout.edges);
        if (!stop.bend) layout.tips.push_back({to[k], top});
      }
    }
  }

  // Down from the source to the end of its row, a curve in between the rows, down to the end.
  void draw_edge(const Stop& from, const Point& to, std::size_t row, std::string& path) const {
    const double start = from.bend ? bottoms_[from.row] : middle(from) + from.height / 2;
    const double high = bottoms_[from.row], low = tops_[row];
    path += "M" + svg_number(from.x) + " " + svg_number(start);
    if (high > start) path += "V" + svg_number(high);
    if (svg_number(from.x) != svg_number(to.x)) {
      const std::string half = svg_number((high + low) / 2);
      path += "C" + svg_number(from.x) + " " + half + " " + svg_number(to.x) + " " + half + " " + svg_number(to.x) +
              " " + svg_number(low);
    }
    path += "V" + svg_number(to.y);
  }

  const LayeredGraph& graph_;
  std::vector<Stop> stops_;  // the nodes, then the bends
  std::vector<std::vector<std::size_t>> rows_;
  std::vector<double> tops_, bottoms_;
};

}  // namespace

LayeredLayout lay_out(const LayeredGraph& graph) { return Layout(graph).result(); }

}  // namespace ffwd
