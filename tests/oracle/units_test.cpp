// units.json: every unit with both derivatives at extreme arguments, and the layers that have parameters of their own.
#include <gtest/gtest.h>

#include <limits>

#include "network/layer.h"
#include "oracle/network_case.h"

namespace ffwd {
namespace {

/// A network of the unit alone, on one number a row.
template <class T>
struct OneUnit {
  NetworkSpec spec;
  AlignedVector<T> parameters;

  explicit OneUnit(const Json& of) {
    LayerSpec layer{.name = "u", .type = "activation", .from = {"x"}, .size = 1, .unit = of.at("unit")};
    const bool learned = find_unit(layer.unit) == nullptr;
    for (const auto& [name, value] : of.at("unit_params").items()) {
      if (!learned) layer.options[name] = value;
    }
    spec = {.inputs = {{.name = "x", .size = 1}}, .layers = {layer}, .outputs = {"u"}};
    spec.validate();
    const ParameterLayout layout = compile<T>(spec, 1).layout();
    parameters.resize(layout.size());
    for (const ParameterRange& range : layout.ranges()) {
      const T value = static_cast<T>(of.at("unit_params").at(range.name.substr(2)).template get<double>());
      layout.write(range, std::span<const T>(&value, 1), parameters.data());
    }
  }
};

// y and dy through the network; d²y as the tangent of dy, which a Hessian-vector product of Σ y over an input layer of
// weight one gives: with y = phi(w x), d²/dw² = x² phi''.
template <class T>
std::vector<double> second_derivative(const Json& spec, const std::vector<double>& x) {
  const UnitRow* const unit = find_unit(spec.at("unit").get<std::string>());
  std::vector<double> result(x.size());
  if (unit == nullptr || kernels<T>().unit_curve[unit->index] == nullptr) return result;  // piecewise linear
  LayerSpec layer{.name = "u", .type = "activation", .from = {"x"}, .size = 1, .unit = std::string(unit->name)};
  for (const auto& [name, value] : spec.at("unit_params").items()) layer.options[name] = value;
  AlignedVector<T> d(kLanes<T>), z(kLanes<T>);
  for (std::size_t i = 0; i < x.size(); ++i) {
    d[0] = 1;
    z[0] = static_cast<T>(x[i]);
    kernels<T>().unit_curve[unit->index](d.data(), d.size(), z.data(), z.size(), 1, 1,
                                         static_cast<T>(unit_parameter(layer, *unit)));
    result[i] = static_cast<double>(d[0]);
  }
  return result;
}

template <class T>
void check_unit(const OracleCase& c, double farthest, const Tolerance* common) {
  OracleCase near = c;  // the arguments that this precision is held to
  near.inputs["x"] = Json::array();
  for (auto& [field, values] : near.expected.items()) values = Json::array();
  for (std::size_t i = 0; i < c.inputs.at("x").size(); ++i) {
    const double size = std::abs(c.inputs.at("x")[i].get<double>());
    if (size > farthest || (size > 0 && size < std::numeric_limits<T>::min())) continue;
    near.inputs["x"].push_back(c.inputs.at("x")[i]);
    for (auto& [field, values] : near.expected.items()) values.push_back(c.expected.at(field)[i]);
  }
  const OneUnit<T> one(c.spec);
  const Derivatives<T> at(one.spec, one.parameters.data());
  const std::vector<double> x = numbers(near.inputs.at("x"));
  const Matrix rows(x.size(), 1, x), ones(x.size(), 1, std::vector<double>(x.size(), 1.0));
  Checker check(near, kFloat32Tolerance);
  const auto is = [&](const std::string& field, std::span<const double> got) {
    const Json& tol = c.tol.at(field);
    check.set_tolerance(common ? *common : Tolerance{tol.at("rtol"), tol.at("atol"), c.tol.at("elementwise")});
    check.is(field, got);
  };
  is("y", at.outputs(rows).values());
  is("dy", at.jvp(rows, ones).values());
  is("dy", at.vjp(rows, ones).x.values());
  is("d2y", second_derivative<T>(c.spec, x));
  if (c.expected.contains("dslope")) {
    std::vector<double> slopes;
    for (const double value : x) {
      slopes.push_back(at.vjp({1, 1, {value}}, {1, 1, {1.0}}).parameters[0]);
    }
    is("dslope", slopes);
  }
  EXPECT_EQ(check.faults(), "");
}

template <class T>
void check_vector_unit(const OracleCase& c, const Tolerance& tolerance) {
  const Matrix x = matrix_from(c.inputs.at("x")), g = matrix_from(c.inputs.at("g"));
  LayerSpec layer{.name = "u", .type = c.spec.at("op"), .from = {"x"}, .size = c.spec.at("size")};
  if (c.spec.contains("pieces")) layer.options["pieces"] = c.spec.at("pieces");
  NetworkSpec spec{.inputs = {{.name = "x", .size = x.columns()}}, .layers = {layer}, .outputs = {"u"}};
  spec.validate();
  Json named;
  for (const auto& [name, value] : c.inputs.at("params").items()) named["u." + name] = value;
  const ParameterLayout layout = compile<T>(spec, 1).layout();
  const auto parameters = parameters_from<T>(layout, named);
  const Derivatives<T> at(spec, parameters.data());
  const auto adjoints = at.vjp(x, g);
  Checker check(c, tolerance);
  check.is("y", at.outputs(x).values());
  check.is("dx", adjoints.x.values());
  for (const ParameterRange& range : layout.ranges()) {
    std::vector<T> values(range.n_values());
    layout.read(range, adjoints.parameters.data(), std::span<T>(values));
    check.is("dparams", oracle_name(range.name).substr(2), std::vector<double>(values.begin(), values.end()));
  }
  EXPECT_EQ(check.faults(), "");
}

TEST(Oracle, Units) {
  for (const OracleCase& c : oracle_cases().at("units")) {
    SCOPED_TRACE(c.id);
    if (c.kind == "unit") {
      check_unit<double>(c, HUGE_VAL, nullptr);
      check_unit<float>(c, 20, &kFloat32Tolerance);
    } else {
      ASSERT_EQ(c.kind, "vector_unit");
      check_vector_unit<double>(c, {c.tol.at("rtol"), c.tol.at("atol")});
      if (c.id.find("extreme") == std::string::npos) check_vector_unit<float>(c, kFloat32Tolerance);
    }
  }
}

}  // namespace
}  // namespace ffwd
