// Robust: (x − median) / (upper quartile − lower quartile), which a few huge values do not move.
#pragma once

#include <span>
#include <string>

#include "pipeline/numeric_step.h"

namespace ffwd {

/// Quartiles interpolate linearly, see quantile_of().
struct Quartiles {
  double q25 = 0.0, median = 0.0, q75 = 0.0;  ///< rising

  /// Of finite values, which it sorts. None: all 0.
  static Quartiles of(std::span<double> values);
  /// q75 − q25 within the range of float64; 0 if it is below kSmallestSpread, where quotients mean nothing.
  [[nodiscard]] double spread() const;
};

class Robust final : public SingleFeature<Robust> {
 public:
  explicit Robust(const Quartiles& quartiles);
  static Robust fit(std::span<double> values) { return Robust(Quartiles::of(values)); }

  [[nodiscard]] const Quartiles& quartiles() const { return quartiles_; }
  /// What is divided by: the spread of the quartiles, 1 where it is 0.
  [[nodiscard]] double scale() const { return scale_; }
  /// Within ±kFarthest.
  [[nodiscard]] double transform(double x) const;
  [[nodiscard]] double slope(double x) const;

  [[nodiscard]] const NumericStepRow& row() const override;
  void write(Json& json, NamedArrays& arrays, const std::string& column) const override;
  [[nodiscard]] std::string caution() const override;

 private:
  Quartiles quartiles_;
  double scale_;
};

}  // namespace ffwd
