// What a Model is made of.
#pragma once

#include <memory>
#include <optional>
#include <span>
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

/// Rows of a table, by their numbers.
using RowList = std::span<const RowIndex>;

/// Features of `table` for the rows of each list, with the stride and padding of a dataset. Chunks of rows go to
/// several threads. Each piece of a table that is not in memory is read once, whichever lists its rows are in; lists of
/// such rows rise.
template <class T>
[[nodiscard]] std::vector<AlignedVector<T>> transformed_lists(const Pipeline& pipeline, const Table& table,
                                                              std::span<const RowList> lists, unsigned threads,
                                                              UnseenByColumn& unseen);

/// The same for one list.
template <class T>
[[nodiscard]] AlignedVector<T> transformed(const Pipeline& pipeline, const Table& table, std::span<const RowIndex> rows,
                                           unsigned threads, UnseenByColumn& unseen);

/// What was counted of a column of numbers.
[[nodiscard]] FarValues far_values(const std::string& column, const Unseen& far, const ValueRange& range);

/// Adds the counts of `more` to `into`; the first example stays.
void merge(const UnseenByColumn& more, UnseenByColumn& into);

}  // namespace ffwd
