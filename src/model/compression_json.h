// What a model file keeps of its compression.
#pragma once

#include "core/json.h"
#include "core/json_reader.h"
#include "ffwd/compress.h"

namespace ffwd {

/// {"sparsity", "max_loss", "metric", "learning_rate", "batch_size", "epochs", "seed", "epochs_run", "best_epoch",
/// "trainings", "weights", "weights_left"}: what was asked for, with `used` as settled() leaves it, and what came of
/// it.
[[nodiscard]] Json compression_json(const CompressOptions& options, const TrainOptions& used,
                                    const CompressResult& result);

/// Raises Error(kModel) unless "compression" of `training`, which may be absent, is what this writes.
void check_compression(const JsonReader& training);

}  // namespace ffwd
