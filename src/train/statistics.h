// Statistics: numbers of a network that are measured while training, as batch_norm's running means, not learned.
#pragma once

#include <cstddef>

#include "plan/parameters.h"

namespace ffwd {

/// Moves every statistic towards the batch's own, by its momentum or as an equal of the batches before it, whichever is
/// more: the first batches soon make the initial numbers forgotten. Takes from `gradient` what backward has left there,
/// the sum over rows of statistic − batch's statistic, and leaves zeros.
/// `full_rows`: of a whole batch; a shorter one moves them in proportion. `step`: counts from 1.
template <class T>
void move_statistics(const ParameterLayout& layout, std::size_t full_rows, std::size_t step, T* parameters,
                     T* gradient);

}  // namespace ffwd
