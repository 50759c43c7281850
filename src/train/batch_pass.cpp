#include "train/batch_pass.h"

#include <algorithm>
#include <cassert>
#include <functional>

#include "core/denormals.h"
#include "core/thread_pool.h"

namespace ffwd {
namespace {

template <class T>
double total_mass(const Dataset<T>& data) {
  if (data.mass().empty()) return static_cast<double>(data.rows);
  double sum = 0;
  for (const T mass : data.mass()) sum += static_cast<double>(mass);
  return sum;
}

}  // namespace

template <class T>
Scratch<T>::Scratch(const Plan<T>& plan, std::size_t input_ld, std::size_t target_ld)
    : arena(plan.arena_size()),
      input(plan.capacity() * input_ld),
      target(padded<T>(plan.capacity() * target_ld)),
      weight(padded<T>(plan.capacity())),
      per_row(padded<T>(plan.capacity())) {}

template <class T>
BatchPass<T>::BatchPass(const Plan<T>& plan, const Loss& loss, const Dataset<T>& data, std::size_t batch_rows,
                        unsigned threads)
    : plan_(plan),
      loss_(loss),
      data_(data),
      kernels_(kernels<T>()),
      loss_kernel_(loss_.kernel<T>()),
      threads_(threads),
      whole_(batch_rows >= data.rows),
      transposed_(plan.transposed_size()),
      mean_mass_(total_mass(data) / static_cast<double>(std::max<std::size_t>(data.rows, 1))) {
  const std::size_t shards = (batch_rows + plan.capacity() - 1) / plan.capacity();
  const std::size_t workers = std::clamp<std::size_t>(shards, 1, threads);
  for (std::size_t w = 0; w < workers; ++w) {
    Scratch<T>& scratch = scratch_.emplace_back(plan, data.ld, data.targets_ld);
    scratch.frame = {.transposed = transposed_.data(),
                     .arena = scratch.arena.data(),
                     .input_ld = data.ld,
                     .threads = shards > 1 ? 1 : threads};
    scratch.loss = {.outputs = plan.output().units,
                    .y = plan.outputs(scratch.frame),
                    .ldy = plan.output().ld,
                    .ldt = data.targets_ld,
                    .per_row = scratch.per_row.data(),
                    .dy = plan.output_gradient(scratch.frame),
                    .lddy = plan.output().ld};
    loss_.complete(scratch.loss);
  }
  if (shards > 1) shard_gradient_.assign(workers, AlignedVector<T>(plan.layout().size()));
  shard_loss_.resize(workers);
  descent_ = {.input = data.features.data(),
              .input_ld = data.ld,
              .targets = data.targets.data(),
              .targets_ld = data.targets_ld,
              .arena = scratch_.front().arena.data(),
              .n_parameters = plan.layout().size(),
              .loss = loss_kernel_,
              .batch = scratch_.front().loss};
  descent_.batch.rows = 1;
  descent_.batch.scale = 1;
}

template <class T>
double BatchPass<T>::run(const T* parameters, std::span<const std::uint32_t> rows, T* gradient) {
  if (rows.size() != weighed_rows_) {  // most batches have as many as the one before
    weighed_rows_ = rows.size();
    weight_ = static_cast<double>(rows.size()) * mean_mass_;
    // Rows that all count nothing have no mean; their loss and gradient are zero.
    scale_ = weight_ > 0 ? 1 / weight_ : 0;
  }
  const double scale = scale_;
  if (!transposed_.empty()) plan_.prepare(parameters, transposed_.data(), threads_);
  const std::size_t capacity = plan_.capacity();
  if (rows.size() <= capacity) {
    return scale * run_shard(parameters, rows, static_cast<T>(scale), scratch_[0], gradient);
  }
  double sum = 0;
  const std::size_t wave = capacity * scratch_.size();
  for (std::size_t begin = 0; begin < rows.size(); begin += wave) {
    const auto part = rows.subspan(begin, std::min(wave, rows.size() - begin));
    if (begin == 0) std::fill_n(gradient, plan_.layout().size(), T{0});
    sum = run_wave(parameters, part, static_cast<T>(scale), sum, gradient);
  }
  return scale * sum;
}

template <class T>
std::size_t BatchPass<T>::descend(T* parameters, std::span<const std::uint32_t> rows, T rate, T* gradient,
                                  double& loss_sum) {
  descent_.rows = rows;
  descent_.parameters = parameters;
  descent_.gradient = gradient;
  descent_.rate = rate;
  descent_.loss_sum = loss_sum;
  const std::size_t done = plan_.descend(descent_);
  loss_sum = descent_.loss_sum;
  return done;
}

// As many shards as there are workers, side by side; then their losses and gradients one after the other onto what
// the waves before have left: the order of all sums is that of the shards, however many there are to a wave.
template <class T>
double BatchPass<T>::run_wave(const T* parameters, std::span<const std::uint32_t> rows, T scale, double sum,
                              T* gradient) {
  const std::size_t capacity = plan_.capacity();
  const std::size_t shards = (rows.size() + capacity - 1) / capacity;
  const auto compute = [&](std::size_t shard, unsigned) {
    const FlushDenormals flush;  // also on the threads of the pool
    const std::size_t begin = shard * capacity;
    const auto part = rows.subspan(begin, std::min(capacity, rows.size() - begin));
    shard_loss_[shard] = run_shard(parameters, part, scale, scratch_[shard], shard_gradient_[shard].data());
  };
  parallel_for(static_cast<unsigned>(scratch_.size()), shards, std::ref(compute));  // a reference needs no heap
  const std::size_t n = plan_.layout().size();
  for (std::size_t shard = 0; shard < shards; ++shard) {
    kernels_.add_scaled(n, T{1}, shard_gradient_[shard].data(), gradient);
    sum += shard_loss_[shard];
  }
  return sum;
}

template <class T>
void BatchPass<T>::take(std::span<const std::uint32_t> rows, Scratch<T>& scratch) const {
  const std::size_t n = rows.size(), ld = data_.ld, ldt = data_.targets_ld;
  const bool weighted = !data_.weights.empty();
  if (whole_ || n == 1) {
    const std::size_t first = rows.front();
    assert(rows.back() + 1 - first == n);
    scratch.frame.input = data_.features.data() + first * ld;
    scratch.loss.t = data_.targets.data() + first * ldt;
    scratch.loss.weight = weighted ? data_.weights.data() + first : nullptr;
    return;
  }
  kernels_.gather(data_.features.data(), ld, rows.data(), n, ld, scratch.input.data(), ld);
  kernels_.gather(data_.targets.data(), ldt, rows.data(), n, ldt, scratch.target.data(), ldt);
  if (weighted) kernels_.gather(data_.weights.data(), 1, rows.data(), n, 1, scratch.weight.data(), 1);
  scratch.frame.input = scratch.input.data();
  scratch.loss.t = scratch.target.data();
  scratch.loss.weight = weighted ? scratch.weight.data() : nullptr;
}

template <class T>
double BatchPass<T>::run_shard(const T* parameters, std::span<const std::uint32_t> rows, T scale, Scratch<T>& scratch,
                               T* gradient) const {
  const std::size_t n = rows.size();
  take(rows, scratch);
  Frame<T>& frame = scratch.frame;
  frame.rows = n;
  frame.parameters = parameters;
  frame.gradient = gradient;
  frame.same_input = scratch.has_input && n == data_.rows;
  frame.row_numbers = draws_ ? rows.data() : nullptr;
  frame.seed = seed_;
  frame.epoch = epoch_;
  scratch.has_input = true;
  LossBatch<T>& loss = scratch.loss;
  loss.rows = n;
  loss.scale = scale;
  plan_.pass(frame, loss_kernel_, loss);
  if (n == 1 && !loss.weight) return static_cast<double>(*loss.per_row);
  return kernels_.weighted_sum(n, loss.per_row, loss.weight);
}

template <class T>
ValidationPass<T>::ValidationPass(const Plan<T>& plan, const Loss& loss, const Dataset<T>& data, unsigned threads)
    : plan_(plan),
      loss_(loss),
      data_(data),
      shard_loss_((data.rows + plan.capacity() - 1) / plan.capacity()),
      weight_(total_mass(data)) {
  const std::size_t workers = std::clamp<std::size_t>(shard_loss_.size(), 1, threads);
  for (std::size_t w = 0; w < workers; ++w) scratch_.emplace_back(plan, data.ld, data.targets_ld);
}

template <class T>
double ValidationPass<T>::run(const T* parameters, Matrix* linked) {
  const auto compute = [&](std::size_t shard, unsigned worker) {
    shard_loss_[shard] = run_shard(parameters, shard, scratch_[worker], linked);
  };
  parallel_for(static_cast<unsigned>(scratch_.size()), shard_loss_.size(), std::ref(compute));
  double sum = 0;
  for (const double loss : shard_loss_) sum += loss;
  return weight_ > 0 ? sum / weight_ : 0;
}

template <class T>
double ValidationPass<T>::run_shard(const T* parameters, std::size_t shard, Scratch<T>& scratch, Matrix* linked) const {
  const FlushDenormals flush;
  const std::size_t begin = shard * plan_.capacity(), n = std::min(plan_.capacity(), data_.rows - begin);
  const Frame<T> frame{.rows = n,
                       .parameters = parameters,
                       .arena = scratch.arena.data(),
                       .input = data_.features.data() + begin * data_.ld,
                       .input_ld = data_.ld};
  plan_.forward(frame);
  const T* weight = data_.weights.empty() ? nullptr : data_.weights.data() + begin;
  loss_.batch(LossBatch<T>{.rows = n,
                           .outputs = plan_.output().units,
                           .y = plan_.outputs(frame),
                           .ldy = plan_.output().ld,
                           .t = data_.targets.data() + begin * data_.targets_ld,
                           .ldt = data_.targets_ld,
                           .weight = weight,
                           .per_row = scratch.per_row.data()});
  if (linked != nullptr) {
    const Value& output = plan_.output();
    T* const y = plan_.outputs(frame);
    loss_.link(y, output.ld, n, output.units);
    for (std::size_t r = 0; r < n; ++r) std::copy_n(y + r * output.ld, output.units, linked->row(begin + r).begin());
  }
  return kernels<T>().weighted_sum(n, scratch.per_row.data(), weight);
}

template struct Scratch<float>;
template struct Scratch<double>;
template class BatchPass<float>;
template class BatchPass<double>;
template class ValidationPass<float>;
template class ValidationPass<double>;

}  // namespace ffwd
