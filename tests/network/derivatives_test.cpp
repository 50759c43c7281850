#include "network/derivatives.h"

#include <gtest/gtest.h>

#include <cmath>

#include "network/initialise.h"
#include "network/network_json.h"
#include "support/random_network.h"

namespace ffwd {
namespace {

// L = Σ_n,k c_k y_nk² / 2 with c_k = 1 + k / 4: curved, and different for each output.
OutputRule<double> squares(std::size_t outputs) {
  const auto weighted = [outputs](const OutputRule<double>::Rows& rows, const double* from, double* to) {
    for (std::size_t n = 0; n < rows.rows; ++n) {
      for (std::size_t k = 0; k < outputs; ++k) {
        to[n * rows.ld + k] = (1 + 0.25 * static_cast<double>(k)) * from[n * rows.ld + k];
      }
    }
  };
  return {.gradient = [weighted](const OutputRule<double>::Rows& rows, double* d) { weighted(rows, rows.y, d); },
          .tangent = [weighted](const OutputRule<double>::Rows& rows, const double* y_dot,
                                double* d_dot) { weighted(rows, y_dot, d_dot); }};
}

double value_of(const Matrix& y) {
  double sum = 0;
  for (std::size_t n = 0; n < y.rows(); ++n) {
    for (std::size_t k = 0; k < y.columns(); ++k) sum += 0.5 * (1 + 0.25 * static_cast<double>(k)) * y(n, k) * y(n, k);
  }
  return sum;
}

struct Case {
  NetworkSpec spec;
  AlignedVector<double> parameters;
  Matrix x;

  explicit Case(std::uint64_t seed) {
    RandomNetwork random(seed);
    spec = random.make();
    const Derivatives<double> any(spec, nullptr);
    parameters.resize(any.layout().size());
    initialise(any.layout(), seed, parameters.data());
    for (const ParameterRange& range : any.layout().ranges()) {  // biases too, and no two scales alike
      for (std::size_t i = 0; i < range.n_values(); ++i) parameters[range.position(i)] += random.number(-0.1, 0.1);
    }
    x = Matrix(1 + random.below(5), spec.n_inputs());
    for (double& value : x.values()) value = random.number(-1.5, 1.5);
  }

  AlignedVector<double> direction(std::uint64_t seed) const {
    const Derivatives<double> any(spec, parameters.data());
    AlignedVector<double> values(parameters.size());
    RandomNetwork random(seed + 1'000'000);
    for (const ParameterRange& range : any.layout().ranges()) {
      if (!range.learned()) continue;
      for (std::size_t i = 0; i < range.n_values(); ++i) values[range.position(i)] = random.number(-1, 1);
    }
    return values;
  }
  Matrix like_x(std::uint64_t seed) const {
    RandomNetwork random(seed + 2'000'000);
    Matrix u(x.rows(), x.columns());
    for (double& value : u.values()) value = random.number(-1, 1);
    return u;
  }
};

AlignedVector<double> moved(const AlignedVector<double>& p, const AlignedVector<double>& direction, double h) {
  AlignedVector<double> to = p;
  for (std::size_t i = 0; i < p.size(); ++i) to[i] += h * direction[i];
  return to;
}

Matrix moved(const Matrix& x, const Matrix& direction, double h) {
  Matrix to = x;
  for (std::size_t i = 0; i < to.values().size(); ++i) to.values()[i] += h * direction.values()[i];
  return to;
}

double dot(std::span<const double> a, std::span<const double> b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

// A kink between two points spoils a difference; two step sizes that agree show that there is none.
class Difference {
 public:
  template <class F>
  Difference(const F& f, double scale) {
    const double wide = (f(kStep) - f(-kStep)) / (2 * kStep), narrow = (f(kStep / 2) - f(-kStep / 2)) / kStep;
    value = (4 * narrow - wide) / 3;
    smooth = std::abs(narrow - wide) <= 1e-5 * (scale + std::abs(narrow));
  }
  static constexpr double kStep = 1e-4;
  double value = 0;
  bool smooth = false;
};

constexpr std::uint64_t kSeeds = 300, kSeedsOfATest = 30;

class RandomSpecs : public ::testing::TestWithParam<std::uint64_t> {
 protected:
  template <class F>
  void for_seeds(const F& check) {
    std::size_t n_compared = 0;
    for (std::uint64_t seed = GetParam(); seed < GetParam() + kSeedsOfATest; ++seed)
      n_compared += std::size_t{check(seed)};
    EXPECT_GT(n_compared, kSeedsOfATest / 2) << "kinks are in the way too often";
  }
};

/// False if a kink was in the way.
bool check_against_differences(std::uint64_t seed) {
  const Case c(seed);
  SCOPED_TRACE(network_json(c.spec).dump());
  const Derivatives<double> at(c.spec, c.parameters.data());
  const OutputRule<double> rule = squares(c.spec.n_outputs());
  const auto gradient = at.gradient(c.x, rule);
  const Matrix u = c.like_x(seed);
  const AlignedVector<double> direction = c.direction(seed);

  const double along_x = dot(gradient.x.values(), u.values());
  const double along_p = dot(gradient.parameters, direction);
  const double scale = 1 + std::abs(along_x) + std::abs(along_p);
  const Difference by_x([&](double h) { return value_of(at.outputs(moved(c.x, u, h))); }, scale);
  const Difference by_p(
      [&](double h) {
        const AlignedVector<double> p = moved(c.parameters, direction, h);
        return value_of(Derivatives<double>(c.spec, p.data()).outputs(c.x));
      },
      scale);
  EXPECT_NEAR(along_x, by_x.smooth ? by_x.value : along_x, 1e-6 * scale);
  EXPECT_NEAR(along_p, by_p.smooth ? by_p.value : along_p, 1e-6 * scale);

  const Matrix y = at.outputs(c.x), y_dot = at.jvp(c.x, u);
  const Matrix up = at.outputs(moved(c.x, u, 1e-5)), down = at.outputs(moved(c.x, u, -1e-5));
  for (std::size_t i = 0; by_x.smooth && i < y.values().size(); ++i) {
    EXPECT_NEAR(y_dot.values()[i], (up.values()[i] - down.values()[i]) / 2e-5, 1e-5 * scale);
  }

  const AlignedVector<double> product = at.hessian_product(c.x, rule, direction.data());
  const auto gradient_at = [&](double h) {
    const AlignedVector<double> p = moved(c.parameters, direction, h);
    return Derivatives<double>(c.spec, p.data()).gradient(c.x, rule).parameters;
  };
  if (!by_p.smooth || !by_x.smooth) return false;
  const AlignedVector<double> g_up = gradient_at(1e-5), g_down = gradient_at(-1e-5);
  double largest = 1;
  for (const double value : product) largest = std::max(largest, std::abs(value));
  for (std::size_t i = 0; i < product.size(); ++i) {
    EXPECT_NEAR(product[i], (g_up[i] - g_down[i]) / 2e-5, 1e-5 * largest + 1e-5 * scale) << "number " << i;
  }
  return true;
}

bool check_modes(std::uint64_t seed) {
  const Case c(seed);
  const Derivatives<double> at(c.spec, c.parameters.data());
  const Matrix u = c.like_x(seed), y_dot = at.jvp(c.x, u);
  Matrix v = y_dot;
  RandomNetwork random(seed + 3'000'000);
  for (double& value : v.values()) value = random.number(-1, 1);
  const double forward = dot(v.values(), y_dot.values()), reverse = dot(at.vjp(c.x, v).x.values(), u.values());
  EXPECT_NEAR(forward, reverse, 1e-12 * (1 + std::abs(forward))) << network_json(c.spec).dump();

  const Matrix jacobian = at.jacobian(c.x);
  const std::size_t inputs = c.spec.n_inputs();
  for (std::size_t n = 0; n < c.x.rows(); ++n) {
    for (std::size_t o = 0; o < y_dot.columns(); ++o) {
      EXPECT_NEAR(dot(jacobian.row(n).subspan(o * inputs, inputs), u.row(n)), y_dot(n, o),
                  1e-12 * (1 + std::abs(y_dot(n, o))));
    }
  }
  return true;
}

TEST_P(RandomSpecs, GradientsTangentsAndHessianProductsAgreeWithDifferences) { for_seeds(check_against_differences); }

TEST_P(RandomSpecs, ForwardAndReverseModeAreAdjoint) { for_seeds(check_modes); }

INSTANTIATE_TEST_SUITE_P(Seeds, RandomSpecs, ::testing::Range<std::uint64_t>(0, kSeeds, kSeedsOfATest));

}  // namespace
}  // namespace ffwd
