// Model: preprocessing, network, weights and what it was trained on. Raw rows go in, answers in the target's own unit
// and class names come out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ffwd/matrix.h"
#include "ffwd/metrics.h"
#include "ffwd/network.h"
#include "ffwd/table.h"
#include "ffwd/train.h"

namespace ffwd {

/// A column the model reads, and the type it had in training.
struct Feature {
  std::string name;
  ColumnType type = ColumnType::kMissing;
};

/// Values that were not in the training rows, met while predicting; they are encoded as "rare or unknown".
struct UnseenValues {
  std::string column;
  std::size_t n_rows = 0;
  std::string example;
};

/// Numbers far beyond those of training, met while predicting: a network has learnt nothing about them.
struct FarValues {
  std::string column;
  std::size_t n_rows = 0;
  std::string example;
  double low = 0.0, high = 0.0;    ///< the training rows' least and greatest value
  double least = 0.0, most = 0.0;  ///< far is what lies outside these
  bool bounded = true;             ///< such a number was taken for the nearer of `least` and `most`
};

/// `values` is [rows, answers], columns as `Model::answers()` names them. Regression: for each target its prediction
/// and what its likelihood adds, all in the target's unit. Multilabel: for each target 0 or 1 and the probability of 1.
/// Classification: [rows, classes], probabilities, each row
/// sums to 1, columns follow `Model::classes()`.
struct Prediction {
  Matrix values;
  std::vector<UnseenValues> unseen;
  std::vector<FarValues> far{};
};

struct EvaluateOptions {
  std::string weight;                ///< the column that says how much each row counts; "" = each row 1
  bool drop_missing_target = false;  ///< leaves rows without any target out, instead of refusing them
  unsigned threads = 0;              ///< as for predict
};

struct Evaluation {
  std::size_t rows = 0;  ///< that were measured
  Metrics metrics;
};

class Model {
 public:
  /// @throws Error(kModel) truncated, not a model, of a newer format, or inconsistent.
  static Model load(const std::string& path);
  /// Written to a temporary file beside `path`, synced, renamed. @throws Error(kOutput).
  void save(const std::string& path) const;
  /// The bytes of the model file.
  [[nodiscard]] std::string to_bytes() const;
  static Model from_bytes(std::string_view bytes, const std::string& where);

  [[nodiscard]] Task task() const;
  [[nodiscard]] std::vector<std::string> targets() const;         ///< the columns it predicts
  [[nodiscard]] const std::vector<std::string>& classes() const;  ///< empty for regression and multilabel
  /// The names of a prediction's columns: prediction, sd, quantile_0.1 …; with several targets <target>_prediction …;
  /// of classes probability_<class>.
  [[nodiscard]] std::vector<std::string> answers() const;
  [[nodiscard]] const std::vector<Feature>& features() const;
  /// How each of these columns is encoded, in the words of FitOptions::encode where it has some: "standard", "one_hot",
  /// "date".
  [[nodiscard]] std::vector<std::string> encodings() const;
  [[nodiscard]] const NetworkSpec& network() const;
  /// Networks whose answers are averaged; 1 unless it is an ensemble.
  [[nodiscard]] std::size_t members() const;
  /// For each layer of network() how many of its numbers are not zero, in all members together.
  [[nodiscard]] std::vector<std::size_t> nonzero_parameters() const;
  /// "float32" or "float64": what the network computes in.
  [[nodiscard]] std::string_view precision() const;
  /// The `ffwd` JSON text of the model file: every fitted number and option but the large arrays.
  [[nodiscard]] std::string description() const;

  /// How to read a file for this model: its columns' types and the missing marks it was trained with.
  [[nodiscard]] ReadOptions read_options() const;

  /// Predicts every row. Order of columns is free, extra columns are ignored.
  /// @throws Error(kData) a column is missing, or a value cannot be read as its type.
  /// @throws Error(kModel) weights so large that an answer is not finite.
  /// Thread-safe: const, no hidden state. `threads` 0 = as many as the machine grants; the bits do not depend on it,
  /// nor on which rows stand beside a row.
  [[nodiscard]] Prediction predict(const Table& rows, unsigned threads = 0) const;

  /// Measures `prediction` against the target columns of `rows`.
  /// @throws Error(kData) no such column, a row without any target (unless they are dropped), a class the model does
  /// not know, weights that are all 0, or no row left.
  [[nodiscard]] Evaluation evaluate(const Table& rows, const Prediction& prediction,
                                    const EvaluateOptions& options = {}) const;

  struct Parts;
  explicit Model(std::shared_ptr<const Parts> parts);
  [[nodiscard]] const Parts& parts() const { return *parts_; }

 private:
  std::shared_ptr<const Parts> parts_;
};

/// What `fit` is asked to do; the same words as the command line.
struct FitOptions {
  std::vector<std::string> targets;  ///< one column; or several of numbers or of 0 and 1, with holes
  std::string task = "auto";         ///< auto, regression, classification
  std::string loss = "auto";         ///< auto, or a name of the loss table that fits the task
  std::string likelihood = "auto";   ///< auto, or a likelihood of that table: another name for its loss
  /// Levels of the likelihoods of quantiles, rising, within (0, 1), at most 64; unset = 0.1, 0.5, 0.9.
  std::optional<std::vector<double>> quantiles;
  std::optional<double> huber_delta;      ///< of the loss huber, in standard deviations of the target, > 0; unset = 1
  std::optional<double> label_smoothing;  ///< of the loss categorical_cross_entropy, in [0, 1); unset = 0
  std::string weight;                     ///< the column that says how much each row counts; "" = all alike
  std::string group;                  ///< the column whose equal cells keep rows in one part of the split; "" = none
  std::string class_weight = "none";  ///< none, balanced (each class weighs alike in the loss)
  /// Shares of all rows kept out of training; unset = 0.1 for validation and, without a test table, 0.2 for testing
  /// (tables of fewer than 100 rows: 0 and 0). In [0, 1), sum < 1.
  std::optional<double> valid_fraction;
  std::optional<double> test_fraction;
  std::vector<std::string> drop;     ///< columns left out
  bool drop_missing_target = false;  ///< leave out rows without any target instead of refusing them
  /// How columns of numbers become features: standard, robust, robust_smooth_clip, quantile, piecewise_linear, none.
  std::string numeric = "standard";
  /// How single columns do, by name. Of numbers: the same words. Of text: one_hot, one_hot_zeros, one_hot_missing,
  /// ordinal, or "ordinal:small,medium,large" in that order. Of booleans: standard, none.
  std::map<std::string, std::string> encode{};
  /// Whether numbers more than three standard deviations beyond the column's least or greatest training value are taken
  /// for the nearest that is not. The model remembers.
  bool bound = true;
  std::vector<std::string> missing;  ///< the reader's missing marks, if not the default ones; recorded in the model
  /// The hidden layers, separated by commas: a size each, and words: "64 relu, 32 maxout 3 dropout 0.1"; "none" for a
  /// linear model; unset = "64, 64". The short form of docs/network.md.
  std::optional<std::string> hidden;
  std::vector<std::string> activation = {"relu"};  ///< of layers that name no unit: one for all, or one for each
  /// Columns of text whose values get learned numbers each, through a layer `embedding`; the first hidden layer reads
  /// these beside the features of the other columns.
  std::vector<EmbeddedColumn> embed{};
  double dropout = 0;   ///< after every hidden layer that names none, the share of its units dropped, in [0, 0.99]
  std::string network;  ///< the whole network as the JSON of docs/network.md, in place of the four above; "" = none
  /// Networks trained side by side on the same rows from other initial weights and shuffles, whose answers are
  /// averaged, 1 … kMaxMembers: a deep ensemble, Lakshminarayanan, Pritzel & Blundell (2017). Each is the best of
  /// TrainOptions::restarts; the first is the model that there is without.
  std::size_t ensemble = 1;
  std::string precision = "auto";  ///< auto (float64 with full-batch optimisers, else float32), float32, float64
  TrainOptions train;

  /// Throws Error(kUsage) listing every fault, each with its option and the values allowed.
  void validate() const;
};

/// Rows the metrics are measured on. A part without rows is empty.
struct FitResult {
  std::shared_ptr<const Model> model;  ///< null if the stop hook ended training before the first epoch was finished
  struct Part {
    std::size_t rows = 0;
    Metrics metrics;   ///< meaningless when rows == 0
    Metrics baseline;  ///< the trivial model fitted on the training rows: mean, or class shares
  };
  Part train, valid, test;
  /// A network of the model.
  struct Member {
    std::size_t number = 1;  ///< from 1; one that diverged, or had no time, is not in the model
    std::size_t epochs = 0, best_epoch = 0, start = 0, starts = 0;  ///< as those below
    double train_loss = 0.0, valid_loss = 0.0;                      ///< of the epoch kept; the latter may be NaN
  };
  std::vector<Member> members;
  // Of the first member:
  std::size_t epochs = 0;      ///< epochs run
  std::size_t best_epoch = 0;  ///< the epoch whose weights were kept
  std::size_t start = 0;       ///< of TrainOptions::restarts, the one that was kept, from 1; the epochs are its own
  std::size_t starts = 0;      ///< made
  std::vector<EpochRecord> history;
  std::vector<std::string> warnings;
  std::vector<std::string> notes;  ///< what was inferred, each with the option that changes it
  bool interrupted = false;        ///< the stop hook ended it
  bool timed_out = false;          ///< the time limit ended it
  double prepare_seconds = 0.0, train_seconds = 0.0;
};

/// Fits preprocessing and network on `data` and measures the result. `valid` and `test` may be null.
/// @throws Error(kData, kUsage, kDiverged).
[[nodiscard]] FitResult fit(const Table& data, const Table* valid, const Table* test, const FitOptions& options,
                            const TrainHooks& hooks = {});

/// A seam between preparing and training, for the command line: what was read and inferred is shown before the first
/// epoch runs. `on_prepared` may be empty.
struct Prepared {
  Task task = Task::kRegression;
  std::vector<std::string> targets;
  std::size_t n_classes = 0;
  std::size_t train_rows = 0, valid_rows = 0, test_rows = 0;
  std::size_t n_features = 0;  ///< inputs of the network
  std::size_t epochs = 0;      ///< to be run at most, in each start
  std::size_t restarts = 1;
  NetworkSpec network;  ///< and its members
  std::vector<std::string> notes, warnings;
};
[[nodiscard]] FitResult fit(const Table& data, const Table* valid, const Table* test, const FitOptions& options,
                            const TrainHooks& hooks, const std::function<void(const Prepared&)>& on_prepared);

}  // namespace ffwd
