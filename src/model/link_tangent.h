// How the likelihood's answers move with the raw outputs they are made of.
#pragma once

#include <cstddef>
#include <span>

#include "loss/loss.h"

namespace ffwd {

/// Of one row: the tangent of the linked outputs for the tangent `y_dot` of the raw ones, in place. `y` holds the raw
/// outputs, `linked` what Loss::link made of them.
void link_tangent(const Loss& loss, std::span<const double> y, std::span<const double> linked, std::span<double> y_dot);

}  // namespace ffwd
