// Small networks for tests of single layers: parameters set by name, values and derivatives in float64.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "network/derivatives.h"
#include "network/initialise.h"

namespace ffwd {

class SmallNetwork {
 public:
  /// The last layer is the output.
  SmallNetwork(std::vector<InputSpec> inputs, std::vector<LayerSpec> layers) {
    spec_.inputs = std::move(inputs);
    spec_.outputs = {layers.back().name};
    spec_.layers = std::move(layers);
    spec_.validate();
    const Derivatives<double> any(spec_, nullptr);
    parameters_.resize(any.layout().size());
    initialise(any.layout(), 1, parameters_.data());
  }

  [[nodiscard]] const NetworkSpec& spec() const { return spec_; }
  [[nodiscard]] Derivatives<double> at() const { return {spec_, parameters_.data()}; }

  [[nodiscard]] std::vector<double> get(std::string_view name) const { return read(name, parameters_); }
  SmallNetwork& set(std::string_view name, const std::vector<double>& values) {
    const Derivatives<double> any(spec_, nullptr);
    const ParameterRange& range = range_of(any.layout(), name);
    EXPECT_EQ(values.size(), range.n_values()) << name;
    any.layout().write(range, std::span<const double>(values), parameters_.data());
    return *this;
  }

  [[nodiscard]] std::vector<double> outputs(const std::vector<double>& row) const {
    return list(at().outputs(Matrix(1, row.size(), row)));
  }
  /// [outputs, inputs]
  [[nodiscard]] std::vector<double> jacobian(const std::vector<double>& row) const {
    return list(at().jacobian(Matrix(1, row.size(), row)));
  }
  /// Of v · outputs, with respect to the parameters called `name`.
  [[nodiscard]] std::vector<double> gradient(std::string_view name, const std::vector<double>& row,
                                             const std::vector<double>& v) const {
    return read(name, at().vjp(Matrix(1, row.size(), row), Matrix(1, v.size(), v)).parameters);
  }
  [[nodiscard]] std::vector<std::string> parameter_names() const {
    const Derivatives<double> any(spec_, nullptr);
    std::vector<std::string> names;
    for (const ParameterRange& range : any.layout().ranges()) names.push_back(range.name);
    return names;
  }
  [[nodiscard]] std::size_t n_values() const { return Derivatives<double>(spec_, nullptr).layout().n_values(); }

 private:
  static std::vector<double> list(const Matrix& m) { return {m.values().begin(), m.values().end()}; }
  static const ParameterRange& range_of(const ParameterLayout& layout, std::string_view name) {
    for (const ParameterRange& range : layout.ranges()) {
      if (range.name == name) return range;
    }
    ADD_FAILURE() << "no parameters called " << name;
    return layout.ranges().front();
  }
  [[nodiscard]] std::vector<double> read(std::string_view name, const AlignedVector<double>& from) const {
    const Derivatives<double> any(spec_, nullptr);
    const ParameterRange& range = range_of(any.layout(), name);
    std::vector<double> values(range.n_values());
    any.layout().read(range, from.data(), std::span<double>(values));
    return values;
  }

  NetworkSpec spec_;
  AlignedVector<double> parameters_;
};

inline void expect_near(const std::vector<double>& got, const std::vector<double>& expected, double tolerance = 1e-15) {
  ASSERT_EQ(got.size(), expected.size());
  for (std::size_t k = 0; k < got.size(); ++k) EXPECT_NEAR(got[k], expected[k], tolerance) << "number " << k;
}

}  // namespace ffwd
