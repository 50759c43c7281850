// PiecewiseLinear: a number spread over bins. Its bin holds how far through it x has come, 0 to 1; bins below hold 1,
// bins above 0. A network then bends its answer from bin to bin without having to learn where.
//
// Source: Gorishniy, Rubachev & Babenko (2022), "On embeddings for numerical features in tabular deep learning".
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "pipeline/numeric_step.h"

namespace ffwd {

class PiecewiseLinear final : public NumericStep {
 public:
  /// The first bin goes on below its lower edge, and the last above its upper, or both end there.
  enum class Ends : bool { kOpen, kClamped };
  /// Bins where a column's values are all different.
  static constexpr std::size_t kBins = 16;

  /// `edges`: at least two, rising, kSmallestSpread or more apart.
  explicit PiecewiseLinear(std::vector<double> edges, Ends ends = Ends::kOpen);
  /// Bins with equally many of the values, at most kBins; values that are not all equal, which it sorts.
  static PiecewiseLinear fit(std::span<double> values);

  [[nodiscard]] const std::vector<double>& edges() const { return edges_; }
  [[nodiscard]] std::size_t n_features() const override { return edges_.size() - 1; }
  [[nodiscard]] std::vector<std::string> feature_names(const std::string& column) const override;
  /// out[t] = (x − e_t) / (e_{t+1} − e_t), cut to [0, 1] but at open ends; within ±kFarthest.
  void transform(double x, double* out) const;
  void slope(double x, double* out) const;

  void encode(std::span<const double> x, double* out, std::size_t ld) const override;
  void slopes(std::span<const double> x, double* out, std::size_t ld) const override;
  [[nodiscard]] const NumericStepRow& row() const override;
  /// Of open ends, which all saved ones have.
  void write(Json& json, NamedArrays& arrays, const std::string& column) const override;

 private:
  /// Bin t of x before it is cut.
  [[nodiscard]] double raw(double x, std::size_t t) const;
  [[nodiscard]] bool is_cut_below(std::size_t t) const { return t > 0 || ends_ == Ends::kClamped; }
  [[nodiscard]] bool is_cut_above(std::size_t t) const { return t + 1 < n_features() || ends_ == Ends::kClamped; }

  std::vector<double> edges_;
  Ends ends_;
};

}  // namespace ffwd
