// What a Model is made of.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/json.h"
#include "ffwd/model.h"
#include "model/engine.h"
#include "pipeline/pipeline.h"
#include "pipeline/targets.h"
#include "pipeline/value_range.h"

namespace ffwd {

struct Model::Parts {
  std::string version;  ///< of the ffwd that trained it
  std::optional<std::vector<std::string>> missing;
  std::shared_ptr<const Pipeline> pipeline;  ///< shared by the models of one preparation
  Targets targets;
  NetworkSpec network;
  Loss loss;
  Json training;  ///< the file's "training" key
  AnyEngine engine;
  std::vector<Feature> features;
};

/// Features of `table` for `rows`, with the stride and padding of a dataset. Chunks of rows go to several threads.
template <class T>
[[nodiscard]] AlignedVector<T> transformed(const Pipeline& pipeline, const Table& table, std::span<const RowIndex> rows,
                                           unsigned threads, UnseenByColumn& unseen);

/// What was counted of a column of numbers.
[[nodiscard]] FarValues far_values(const std::string& column, const Unseen& far, const ValueRange& range);

/// Adds the counts of `more` to `into`; the first example stays.
void merge(const UnseenByColumn& more, UnseenByColumn& into);

}  // namespace ffwd
