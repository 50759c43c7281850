// networks.json, dags.json and the networks of worked.json: values and gradients, in float64 and in float32.
#include <gtest/gtest.h>

#include <set>

#include "network/unit_graph.h"
#include "oracle/network_case.h"

namespace ffwd {
namespace {

/// The part of the case's network that the node needs, with it as the output.
NetworkSpec up_to(Json spec, const std::string& node, bool before_unit) {
  spec["output"] = node;
  const NetworkSpec whole = spec_from(spec);
  NetworkSpec part = whole;
  std::set<std::string> needed = {node};
  std::vector<LayerSpec> layers;
  for (auto layer = whole.layers.rbegin(); layer != whole.layers.rend(); ++layer) {
    if (!needed.contains(layer->name)) continue;
    needed.insert(layer->from.begin(), layer->from.end());
    layers.insert(layers.begin(), *layer);
  }
  if (before_unit) {
    LayerSpec& last = layers.back();
    last.unit = "identity";
    last.options.erase("slope");
    last.options.erase("alpha");
  }
  part.layers = std::move(layers);
  std::erase_if(part.inputs, [&](const InputSpec& input) { return !needed.contains(input.name); });
  part.outputs = {node};
  return part;
}

template <class T>
std::vector<double> node_value(const OracleCase& c, const std::string& node, bool before_unit) {
  const NetworkSpec part = up_to(c.spec, node, before_unit);
  const ParameterLayout layout = compile<T>(part, 1).layout();
  const auto parameters = parameters_from<T>(layout, c.inputs.at("params"));
  const Matrix y = Derivatives<T>(part, parameters.data()).outputs(rows_from(part, c.inputs.at("x")));
  return {y.values().begin(), y.values().end()};
}

template <class T>
void check_nodes(const OracleCase& c, Checker& check) {
  for (const auto& [node, value] : c.expected.at("z").items()) check.is("z", node, node_value<T>(c, node, false));
  for (const auto& [node, value] : c.expected.at("a").items()) check.is("a", node, node_value<T>(c, node, true));
}

/// What parameters of layers that lead to no output come to: nothing but their penalties.
struct DeadEnds {
  std::size_t n_parameters = 0;
  double penalty = 0;
};

DeadEnds check_dead_ends(const OracleCase& c, const NetworkSpec& network, Checker& check) {
  DeadEnds dead;
  const std::vector<Penalty> penalties = penalties_from(c.spec);
  for (const std::string& node : dead_ends(c.spec, network)) {
    const ParameterLayout layout = compile<double>(up_to(c.spec, node, false), 1).layout();
    const auto parameters = parameters_from<double>(layout, c.inputs.at("params"));
    AlignedVector<double> own(layout.size()), gradient(layout.size());
    for (const ParameterRange& range : layout.ranges()) {
      if (!range.name.starts_with(node + ".")) continue;
      std::copy_n(parameters.data() + range.offset, range.stored(), own.data() + range.offset);
      dead.n_parameters += range.n_values();
    }
    dead.penalty += penalty_value<double>(penalties, layout, own.data());
    add_penalty_gradient<double>(penalties, layout, own.data(), gradient.data());
    for (const ParameterRange& range : layout.ranges()) {
      if (!range.name.starts_with(node + ".")) continue;
      std::vector<double> values(range.n_values());
      layout.read(range, gradient.data(), std::span<double>(values));
      check.is("grad_params", oracle_name(range.name), values);
    }
  }
  return dead;
}

template <class T>
void check_objective(const OracleCase& c, const NetworkSpec& network, Checker& check) {
  const ParameterLayout layout = compile<T>(network, 1).layout();
  const auto parameters = parameters_from<T>(layout, c.inputs.at("params"));
  const Derivatives<T> at(network, parameters.data());
  const Matrix x = rows_from(network, c.inputs.at("x")), y = at.outputs(x);
  OracleLoss<T> loss(c.spec.at("loss"), c.inputs.at("targets"), member_or_none(c.inputs, "sample_weights"));
  loss.set_outputs(network.n_outputs());
  const auto of_y = loss.at(0, y);
  check.is("output", y.values());
  check.is("prediction", loss.prediction(y));
  check.is("loss", of_y.loss);
  check.is("per_sample", of_y.per_row);
  check.is("grad_output", of_y.gradient);
  const std::vector<Penalty> penalties = penalties_from(c.spec);
  const DeadEnds dead = check_dead_ends(c, network, check);
  const double penalty = penalty_value<T>(penalties, layout, parameters.data()) + dead.penalty;
  check.is("penalty", penalty);
  check.is("objective", of_y.loss + penalty);
  auto gradient = at.gradient(x, loss.rule());
  add_penalty_gradient<T>(penalties, layout, parameters.data(), gradient.parameters.data());
  check_parameters(check, "grad_params", layout, gradient.parameters);
  std::size_t first = 0;
  for (const InputSpec& input : network.inputs) {
    check.is("grad_x", input.name, columns_of(gradient.x, 1, first, input.size));
    first += input.size;
  }
  for (const auto& [input, rows] : c.inputs.at("x").items()) {
    if (network.size_of(input) == 0) check.is("grad_x", input, std::vector<double>(numbers(rows).size()));
  }
  EXPECT_EQ(layout.n_values(), network.n_parameters());
  check.is("param_count", static_cast<double>(network.n_parameters() + dead.n_parameters));
}

// Linear hidden units: the network is the one affine map that the case states.
void check_collapse(const OracleCase& c, Checker& check) {
  if (!c.expected.contains("equivalent_W")) return;
  const NetworkSpec whole = spec_from(c.spec);
  const NetworkSpec one = dense_network(whole.n_inputs(), {}, {"relu"}, whole.n_outputs());
  const auto parameters = parameters_from<double>(compile<double>(whole, 1).layout(), c.inputs.at("params"));
  const Derivatives<double> at(whole, parameters.data());
  const Matrix zero(1, whole.n_inputs());
  check.is("equivalent_W", at.jacobian(zero).values());
  check.is("equivalent_b", at.outputs(zero).values());
}

void run_networks(const std::vector<OracleCase>& cases) {
  for (const OracleCase& c : cases) {
    if (c.kind != "network") continue;
    const NetworkSpec network = spec_from(c.spec);
    Checker check(c);
    check_nodes<double>(c, check);
    check_objective<double>(c, network, check);
    check_collapse(c, check);
    EXPECT_EQ(check.faults(), "");
    Checker single(c, kFloat32Tolerance);
    check_nodes<float>(c, single);
    check_objective<float>(c, network, single);
    check_collapse(c, single);
    EXPECT_EQ(single.faults(), "") << "in float32";
  }
}

TEST(Oracle, Networks) { run_networks(oracle_cases().at("networks")); }
TEST(Oracle, Dags) { run_networks(oracle_cases().at("dags")); }
TEST(Oracle, WorkedNetworks) { run_networks(oracle_cases().at("worked")); }

/// The same graph as one layer of single units, where every node of a dag is one.
NetworkSpec as_units(const NetworkSpec& dag, std::size_t n_outputs) {
  NetworkSpec spec{.inputs = dag.inputs};
  LayerSpec graph{.name = "graph", .type = "units", .from = {}, .size = n_outputs};
  for (const InputSpec& input : dag.inputs) graph.from.push_back(input.name);
  for (const LayerSpec& layer : dag.layers) {
    if (layer.name == dag.outputs[0]) {
      graph.graph.outputs = layer.from;
      continue;
    }
    graph.graph.units.emplace_back(layer.name, layer.unit);
    for (const std::string& from : layer.from) graph.graph.edges.emplace_back(from, layer.name);
  }
  spec.layers = {graph};
  spec.outputs = {"graph"};
  spec.validate();
  return spec;
}

bool is_graph_of_units(const NetworkSpec& network) {
  for (const LayerSpec& layer : network.layers) {
    const bool output = layer.name == network.outputs[0];
    if (output ? layer.type != "concat" : (layer.type != "dense" || layer.size != 1 || !layer.options.empty()))
      return false;
  }
  return network.layers.size() > 1;
}

/// The weights of the dag's nodes, by the names of the groups' tensors.
Json graph_parameters(const OracleCase& c, const NetworkSpec& dag, const LayerSpec& layer) {
  const std::vector<std::size_t> sizes(layer.from.size(), 1);
  const OrderedUnits ordered = ordered_units(layer, sizes);
  Json named;
  for (std::size_t g = 0; g < ordered.groups.size(); ++g) {
    const std::string group = "graph.group" + std::to_string(g + 1);
    std::set<std::string> members;
    for (const std::size_t u : ordered.groups[g].units) {
      members.insert(layer.graph.units[u].first);
      named[group + ".b"].push_back(c.inputs.at("params").at(layer.graph.units[u].first + ".b")[0]);
    }
    for (const auto& [from, to] : layer.graph.edges) {
      if (!members.contains(to)) continue;
      const LayerSpec& node = *std::ranges::find(dag.layers, to, &LayerSpec::name);
      const auto place = std::ranges::find(node.from, from) - node.from.begin();
      named[group + ".W"].push_back(c.inputs.at("params").at(to + ".W")[0][static_cast<std::size_t>(place)]);
    }
  }
  return named;
}

// A unit graph of the vectors, run as `units`: the same outputs.
TEST(Oracle, GraphsOfSingleUnitsAsOneLayer) {
  std::size_t met = 0;
  for (const OracleCase& c : oracle_cases().at("dags")) {
    const NetworkSpec dag = spec_from(c.spec);
    if (!is_graph_of_units(dag)) continue;
    ++met;
    const NetworkSpec units = as_units(dag, dag.n_outputs());
    const ParameterLayout layout = compile<double>(units, 1).layout();
    const auto parameters = parameters_from<double>(layout, graph_parameters(c, dag, units.layers[0]));
    const Matrix y = Derivatives<double>(units, parameters.data()).outputs(rows_from(units, c.inputs.at("x")));
    EXPECT_EQ(excess(y.values(), numbers(c.expected.at("output")), {1e-10, 1e-13}), 0) << c.id;
    EXPECT_EQ(layout.n_values(), units.n_parameters());
  }
  EXPECT_GT(met, 0U);
}

}  // namespace
}  // namespace ffwd
