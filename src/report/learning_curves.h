// The picture of how a training went.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "ffwd/train.h"

namespace ffwd {

/// An SVG picture of the training loss and, where there is one, the validation loss after each epoch of `history`,
/// with the epoch whose weights were kept pointed out. Equal arguments give equal bytes.
///
/// @param best_epoch  the epoch kept, counted from 1; 0 = none is pointed out
/// @param title       whose curves they are: "Learning curves: price"
/// @param loss        what the loss is, in words: "mean squared error of the standardised price"
[[nodiscard]] std::string learning_curves_svg(std::span<const EpochRecord> history, std::size_t best_epoch,
                                              const std::string& title, const std::string& loss);

}  // namespace ffwd
