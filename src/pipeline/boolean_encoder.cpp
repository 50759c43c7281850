// Booleans: false is 0 and true is 1, from there on as numbers. A row of its own because other cells than these two
// (and 0 and 1 themselves) are refused.
#include "pipeline/numeric_encoder.h"

namespace ffwd {

namespace {

constexpr ColumnType kTypes[] = {ColumnType::kBoolean};

}  // namespace

extern constinit const EncoderRow boolean_row{
    .name = "boolean",
    .summary = "0 and 1, standardised; missing cells take the median and are marked by a second feature",
    .types = kTypes,
    .fit = NumericEncoder::fitter,
    .from_json = NumericEncoder::read,
    .encodings = [] { return std::vector<std::string>{"standard", "none"}; },
};

}  // namespace ffwd
