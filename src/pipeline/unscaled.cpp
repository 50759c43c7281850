#include "pipeline/unscaled.h"

namespace ffwd {

extern constinit const NumericStepRow none_step_row{
    .name = "none",
    .summary = "x as it is",
    .fit = [](const Scale&, std::span<double>) -> std::unique_ptr<NumericStep> { return std::make_unique<Unscaled>(); },
    .from_json = [](const SavedColumn& saved) -> std::unique_ptr<NumericStep> {
      saved.json.only({"name"});
      return std::make_unique<Unscaled>();
    },
};

const NumericStepRow& Unscaled::row() const { return none_step_row; }

}  // namespace ffwd
