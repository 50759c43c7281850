// BatchLearner: an epoch is a shuffle and a step of a first-order optimiser for each batch.
#pragma once

#include <memory>

#include "train/learner.h"

namespace ffwd {

/// `parameters`: where to start from.
template <class T>
[[nodiscard]] std::unique_ptr<Learner<T>> make_batch_learner(const Workshop<T>& shop, AlignedVector<T> parameters);

}  // namespace ffwd
