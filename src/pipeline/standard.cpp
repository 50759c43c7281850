#include "pipeline/standard.h"

#include <cmath>

namespace ffwd {

extern constinit const NumericStepRow standard_step_row{
    .name = "standard",
    .summary = "(x − mean) / standard deviation",
    .fit = [](const Scale& scale, std::span<double>) -> std::unique_ptr<NumericStep> {
      return std::make_unique<Standard>(scale);
    },
    .from_json = [](const SavedColumn& saved) -> std::unique_ptr<NumericStep> {
      return std::make_unique<Standard>(saved_scale(saved.json));
    },
};

const NumericStepRow& Standard::row() const { return standard_step_row; }

double Standard::slope(double x) const { return std::abs(transform(x)) < kFarthest ? 1.0 / scale_.sd : 0.0; }

void Standard::write(Json& json, NamedArrays&, const std::string&) const {
  json["mean"] = scale_.mean;
  json["sd"] = scale_.sd;
}

}  // namespace ffwd
