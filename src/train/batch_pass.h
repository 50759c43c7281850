// BatchPass: the loss of a batch of rows and its gradient. ValidationPass: the loss of all rows. Both hold the memory
// they need from before the first step.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "core/aligned.h"
#include "dataset/dataset.h"
#include "ffwd/matrix.h"
#include "loss/loss.h"
#include "plan/plan.h"

namespace ffwd {

/// Scratch memory of one worker, and what is the same in all its passes.
template <class T>
struct Scratch {
  Scratch(const Plan<T>& plan, std::size_t input_ld, std::size_t target_ld = 1);
  AlignedVector<T> arena, input, target, weight, per_row;
  Frame<T> frame;
  LossBatch<T> loss;
  bool has_input = false;  ///< a pass has gone through the arena
};

template <class T>
class BatchPass {
 public:
  /// `batch_rows`: the largest batch to come; if that is all rows, every batch is all rows in their order, which are
  /// read where they lie. Holds references to plan and data.
  BatchPass(const Plan<T>& plan, const Loss& loss, const Dataset<T>& data, std::size_t batch_rows, unsigned threads);

  /// The weighted mean loss over `rows` (numbers of rows of the dataset), and its gradient. Weights are counted in
  /// units of the dataset's mean mass, not of the batch's: a batch that happens to hold only light rows then moves the
  /// network little, and the mean over all batches of an epoch is that of the whole dataset. Nothing is allocated.
  /// A batch over the plan's capacity is cut into shards, computed by several threads, added in their order.
  double run(const T* parameters, std::span<const std::uint32_t> rows, T* gradient);

  /// Whether descend() can stand for run() and a step of descent on batches of one row each.
  [[nodiscard]] bool descends() const { return plan_.descends() && data_.weights.empty() && data_.mass().empty(); }
  /// Takes a step of `rate` for each of `rows` in turn. Returns how many it has learned from: all, or those before one
  /// whose loss is not finite. Their losses are added to `loss_sum`.
  std::size_t descend(T* parameters, std::span<const std::uint32_t> rows, T rate, T* gradient, double& loss_sum);

  /// From now on random layers draw for this epoch; until then they let all pass.
  void draw(std::uint64_t seed, std::uint32_t epoch) { seed_ = seed, epoch_ = epoch, draws_ = true; }

  /// What the last mean counts for in a mean over several batches: rows times the dataset's mean mass (dataset.h).
  [[nodiscard]] double last_weight() const { return weight_; }

 private:
  /// Rows of the dataset where the plan and the loss read them: where they lie, or gathered.
  void take(std::span<const std::uint32_t> rows, Scratch<T>& scratch) const;
  double run_shard(const T* parameters, std::span<const std::uint32_t> rows, T scale, Scratch<T>& scratch,
                   T* gradient) const;
  double run_wave(const T* parameters, std::span<const std::uint32_t> rows, T scale, double sum, T* gradient);

  const Plan<T>& plan_;
  Loss loss_;
  const Dataset<T>& data_;
  const Kernels<T>& kernels_;
  LossFunction<T> loss_kernel_;
  unsigned threads_;
  bool whole_;  // batches are all rows
  AlignedVector<T> transposed_;
  std::vector<Scratch<T>> scratch_;               // one for each worker
  std::vector<AlignedVector<T>> shard_gradient_;  // one for each worker, when batches have several shards
  std::vector<double> shard_loss_;
  RowDescent<T> descent_;
  double mean_mass_;
  std::size_t weighed_rows_ = 0;  // to which the next two belong
  double weight_ = 0, scale_ = 0;
  bool draws_ = false;
  std::uint64_t seed_ = 0;
  std::uint32_t epoch_ = 0;
};

template <class T>
class ValidationPass {
 public:
  /// Holds references to plan and data.
  ValidationPass(const Plan<T>& plan, const Loss& loss, const Dataset<T>& data, unsigned threads);

  /// The mean loss over all rows, weighted, by shards of plan.capacity() rows added in their order. With `linked`,
  /// [rows, outputs], the outputs after the loss's link go there. Nothing is allocated.
  [[nodiscard]] double run(const T* parameters, Matrix* linked = nullptr);

 private:
  [[nodiscard]] double run_shard(const T* parameters, std::size_t shard, Scratch<T>& scratch, Matrix* linked) const;

  const Plan<T>& plan_;
  Loss loss_;
  const Dataset<T>& data_;
  std::vector<Scratch<T>> scratch_;  // one for each worker
  std::vector<double> shard_loss_;
  double weight_;
};

}  // namespace ffwd
