// What `ffwd compress` says of a compressed model: in a terminal and as JSON.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "cli/console.h"
#include "cli/prediction_time.h"
#include "core/json.h"
#include "ffwd/compress.h"

namespace ffwd {

/// What the command line knows of the run besides the result.
struct CompressFacts {
  std::string model;  ///< the file that was written
  std::size_t bytes_before = 0, bytes = 0;
  PredictionTimes times;
  double read_seconds = 0.0, save_seconds = 0.0;
  std::span<const std::string> warnings;
  bool replaces = false;
};

/// Before the first epoch: the model, its weights, and the rows.
void print_compress_prepared(const Console& console, const Model& model, const CompressPrepared& prepared);
/// Sparsity, layers, metrics, sizes and times.
void print_compressed(const Console& console, const CompressResult& result, const CompressFacts& facts);
[[nodiscard]] Json compress_json(const CompressResult& result, const CompressFacts& facts);

}  // namespace ffwd
