// FullBatchLearner: an epoch is an iteration of a minimiser over all training rows.
#pragma once

#include <memory>

#include "train/learner.h"

namespace ffwd {

/// `parameters`: where to start from.
template <class T>
[[nodiscard]] std::unique_ptr<Learner<T>> make_full_batch_learner(const Workshop<T>& shop, AlignedVector<T> parameters);

}  // namespace ffwd
