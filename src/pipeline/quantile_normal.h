// QuantileNormal, called "quantile": the share of training values below x, as the quantile of the standard normal
// distribution with that share below it. Whatever the column's distribution was, the feature is normal.
//
// The convention is that of scikit-learn's QuantileTransformer: linear between the quantiles, equal values take the
// middle of the shares they span, and the ends are clipped to ±5.199, where 1e-7 of a normal lies beyond.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "pipeline/numeric_step.h"

namespace ffwd {

class QuantileNormal final : public SingleFeature<QuantileNormal> {
 public:
  static constexpr std::size_t kMostQuantiles = 1000;
  /// The features of the least and of the greatest training value, and of what is beyond.
  static constexpr double kLeast = -5.199337582605575, kGreatest = 5.19933758270342;

  /// `quantiles`: at least one finite number, never falling; at even shares from 0 to 1.
  explicit QuantileNormal(std::vector<double> quantiles);
  /// Of at least one finite value; sorts them. As many quantiles as there are values, at most `n_quantiles` (2 or
  /// more).
  static QuantileNormal fit(std::span<double> values, std::size_t n_quantiles = kMostQuantiles);

  [[nodiscard]] const std::vector<double>& quantiles() const { return quantiles_; }
  [[nodiscard]] double transform(double x) const;
  /// 0 at and beyond the ends.
  [[nodiscard]] double slope(double x) const;

  [[nodiscard]] const NumericStepRow& row() const override;
  void write(Json& json, NamedArrays& arrays, const std::string& column) const override;

 private:
  [[nodiscard]] bool is_least(double x) const { return x - margin_ < quantiles_.front() || x <= quantiles_.front(); }
  [[nodiscard]] bool is_greatest(double x) const { return x + margin_ > quantiles_.back() || x >= quantiles_.back(); }
  /// Where x stands among the quantiles: the first that is not below it, and how many are not above it.
  struct Place {
    std::size_t lower, upper;
  };
  [[nodiscard]] Place place_of(double x) const;
  /// The share of values below x, for an x between the ends.
  [[nodiscard]] double share_below(double x) const;

  std::vector<double> quantiles_;
  double margin_;  ///< this near to an end counts as the end
};

}  // namespace ffwd
