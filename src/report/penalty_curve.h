// The loss of rows held out over a path of penalties, as a picture.
#pragma once

#include <string>

#include "ffwd/select.h"

namespace ffwd {

/// An SVG picture: mean losses with bars of one standard error over λ, on a logarithmic axis; the best and the chosen λ
/// are marked. A λ without a finite loss is a gap.
[[nodiscard]] std::string penalty_curve_svg(const PenaltyPath& path, const std::string& title);

}  // namespace ffwd
