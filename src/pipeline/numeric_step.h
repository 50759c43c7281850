// NumericStep: what becomes of one number, fitted on the training rows: "age" standardised, or by its quantile, or
// spread over several features. Each kind is a file of this folder that defines its row of the table numeric_steps();
// --numeric and --encode, the model file, help and documentation walk that table.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "pipeline/pipeline.h"
#include "pipeline/saved_column.h"
#include "pipeline/scale.h"

namespace ffwd {

struct NumericStepRow;

/// Immutable, so safe from several threads. Its classes also have `transform(x)` and `slope(x)` for one number.
class NumericStep {
 public:
  NumericStep() = default;
  NumericStep(const NumericStep&) = default;
  NumericStep& operator=(const NumericStep&) = default;
  virtual ~NumericStep() = default;

  [[nodiscard]] virtual const NumericStepRow& row() const = 0;
  [[nodiscard]] virtual std::size_t n_features() const { return 1; }
  [[nodiscard]] virtual std::vector<std::string> feature_names(const std::string& column) const { return {column}; }
  /// out[i * ld + j] = feature j of the finite number x[i]; finite.
  virtual void encode(std::span<const double> x, double* out, std::size_t ld) const = 0;
  /// out[i * ld + j] = d feature j / d x at x[i]; at a kink that of the piece above it.
  virtual void slopes(std::span<const double> x, double* out, std::size_t ld) const = 0;
  /// Adds what from_json needs besides the step's name; lists through put_numbers().
  virtual void write(Json& json, NamedArrays& arrays, const std::string& column) const = 0;
  /// What whoever chose the step should know of how it fits this column: "half of …"; "" = nothing.
  [[nodiscard]] virtual std::string caution() const { return {}; }
};

/// A step of one feature: `Step` has transform(x) and slope(x).
template <class Step>
class SingleFeature : public NumericStep {
 public:
  void encode(std::span<const double> x, double* out, std::size_t ld) const final {
    const Step& step = static_cast<const Step&>(*this);
    for (std::size_t i = 0; i < x.size(); ++i) out[i * ld] = step.transform(x[i]);
  }
  void slopes(std::span<const double> x, double* out, std::size_t ld) const final {
    const Step& step = static_cast<const Step&>(*this);
    for (std::size_t i = 0; i < x.size(); ++i) out[i * ld] = step.slope(x[i]);
  }
};

/// One kind of step.
struct NumericStepRow {
  std::string_view name;     ///< in the model file, and as users write it
  std::string_view summary;  ///< what it makes of a number
  /// Fits it on finite values, not all equal, of which `scale` is the measure(); their order may be changed.
  std::unique_ptr<NumericStep> (*fit)(const Scale& scale, std::span<double> values);
  /// Reads what write() wrote. @throws Error(kModel).
  std::unique_ptr<NumericStep> (*from_json)(const SavedColumn& saved);
};

/// All kinds; written by the build from the rows in this folder.
std::span<const NumericStepRow* const> numeric_steps();

/// The step of columns for which none is chosen.
inline constexpr std::string_view kDefaultStep = "standard";

}  // namespace ffwd
