// ReplayedSplit: which rows a model was trained, validated and tested on, found again in its table.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "core/json.h"
#include "dataset/split.h"
#include "ffwd/table.h"
#include "pipeline/pipeline.h"
#include "pipeline/targets.h"

namespace ffwd {

/// What a cut is made by.
struct CutRequest {
  const Table& data;
  std::span<const RowIndex> rows;  ///< that can be used, rising
  const Targets& targets;
  std::string group;                                    ///< the column that keeps rows together; "" = none
  bool has_valid = false, has_test = false;             ///< there is a table of its own for it: none are cut off
  std::optional<double> valid_fraction, test_fraction;  ///< asked for
};

struct ReplayedSplit {
  Split split;
  /// Whether the parts are as large as those that `training` tells of, which the same seed cut: then they are the same
  /// rows, if the table is the same.
  bool as_trained = false;
};

/// Cuts the rows as training did, by its record, or, if they are not as many as it had, by the usual shares.
[[nodiscard]] ReplayedSplit replay_split(const CutRequest& cut, const Json& training);

}  // namespace ffwd
