// Compression: a trained model made sparse. Most weights are set to zero while the network is trained a little further,
// what is left without use is taken out, and the file and the time for a prediction shrink with it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ffwd/model.h"
#include "ffwd/network.h"
#include "ffwd/table.h"
#include "ffwd/train.h"

namespace ffwd {

/// The share of the weights that go if nothing is asked for.
inline constexpr double kUsualSparsity = 0.9;

struct CompressOptions {
  /// Share of the weights (not biases, nor embeddings) that is to be zero, in (0, 1); unset = kUsualSparsity, unless
  /// `max_loss` is given.
  std::optional<double> sparsity;
  /// As many weights go as leave `metric` on the validation rows at most this much worse, relative to the model's own,
  /// > 0: found by several trainings, each of `epochs`.
  std::optional<double> max_loss;
  std::string metric = "auto";  ///< what max_loss is of: auto (rmse, or accuracy), or a name of the metrics' table
  /// Passes over the training rows; 0 = trainings of 20, 100 and 500, or as many as take 10,000 steps (from 50 on) if
  /// that is less, of which the best on the validation rows is kept; without such rows one of at most 100.
  std::size_t epochs = 0;
  double learning_rate = 0.0;         ///< of adamw, > 0, from which it falls as a cosine; 0 = kUsualCompressionRate
  std::size_t batch_size = 0;         ///< as TrainOptions has it
  std::optional<std::uint64_t> seed;  ///< of shuffles and dropout; unset = that of the model's training
  double time_limit = 0.0;            ///< seconds for all of it, as TrainOptions has it; 0 = none
  unsigned threads = 0;               ///< 0 = as many as the machine grants; never changes a bit of the result
  /// As FitOptions has them; unset = the rows that were kept when the model was trained, if `data` are its rows.
  std::optional<double> valid_fraction, test_fraction;
  std::optional<std::string> weight, group;  ///< unset = as the model was trained; "" = none
  bool drop_missing_target = false;

  /// Throws Error(kUsage) listing every fault.
  void validate() const;
};

/// Of 0.0005, 0.001, 0.002 and 0.005 the best on four tables of 1,030 to 48,842 rows, by the test loss with 90 % gone.
inline constexpr double kUsualCompressionRate = 1e-3;

/// A layer before and after.
struct LayerChange {
  std::string name;
  std::size_t units_before = 0, units = 0;
  std::size_t weights_before = 0, weights = 0;  ///< that are not zero, in all members together; not biases
};

struct CompressResult {
  std::shared_ptr<const Model> model;  ///< null if a hook ended it before there was a network as sparse as asked for
  FitResult::Part train, valid, test;  ///< after
  FitResult::Part train_before, valid_before, test_before;
  std::size_t weights = 0;           ///< of the model that was given, in all members together; not biases
  std::size_t weights_left = 0;      ///< that are not zero
  double sparsity = 0.0;             ///< share of `weights` that is gone
  std::vector<LayerChange> layers;   ///< that have weights
  std::vector<std::string> unused;   ///< columns that no weight is left for
  std::size_t epochs = 0;            ///< run in all trainings
  std::size_t best_epoch = 0;        ///< of the first member, whose weights are kept, in its training
  std::size_t trainings = 0;         ///< more than one with `max_loss`, or where no epochs are given
  std::vector<EpochRecord> history;  ///< of the first member, in the training that is kept
  std::vector<std::string> warnings;
  bool interrupted = false, timed_out = false;
  double prepare_seconds = 0.0, train_seconds = 0.0;
};

/// What is known before the first epoch.
struct CompressPrepared {
  std::size_t train_rows = 0, valid_rows = 0, test_rows = 0;
  bool same_rows = false;   ///< the rows to validate and test on are those of the model's training
  std::size_t weights = 0;  ///< that are not zero, in all members together
  std::size_t epochs = 0;   ///< of the longest training
  std::vector<std::string> warnings;
};

/// Prunes the weights of `model` of least score (LAMP: Lee et al. 2021) along a cubic schedule (Zhu & Gupta 2017) over
/// the first half of a training on `data`, keeps the best epoch of the rest by the validation figure that the model was
/// trained by, and takes dead units out. Preprocessing, likelihood and the roles of columns are the model's; which rows
/// are validated and tested on too, where `data` have the rows that it was trained on. `valid` and `test` may be null.
/// Equal arguments give equal bits.
/// @throws Error(kData) as fit() and predict(), kDiverged; kUsage for a network without weights, a model that would
/// have to be worse than `max_loss` allows, or `max_loss` without validation rows.
[[nodiscard]] CompressResult compress(const Model& model, const Table& data, const Table* valid, const Table* test,
                                      const CompressOptions& options, const TrainHooks& hooks = {},
                                      const std::function<void(const CompressPrepared&)>& on_prepared = {});

}  // namespace ffwd
