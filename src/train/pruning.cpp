#include "train/pruning.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "kernels/kernels.h"

namespace ffwd {
namespace {

bool is_prunable(const ParameterRange& range, std::span<const std::string> kept) {
  return range.kind == ParameterKind::kWeight && std::ranges::find(kept, range.name) == kept.end();
}

}  // namespace

double sparsity_at(double first, double last, double done) {
  const double left = 1 - std::clamp(done, 0.0, 1.0);
  return last + (first - last) * left * left * left;
}

template <class T>
WeightCount count_weights(const ParameterLayout& layout, std::span<const std::string> kept, const T* parameters) {
  WeightCount count;
  for (const ParameterRange& range : layout.ranges()) {
    if (!is_prunable(range, kept)) continue;
    const std::size_t n = range.n_values();
    count.all += n;
    for (std::size_t i = 0; i < n; ++i) count.zero += parameters[range.position(i)] == 0 ? 1U : 0U;
  }
  return count;
}

template <class T>
Pruner<T>::Pruner(const Pruning& pruning, const ParameterLayout& layout, const T* parameters)
    : pruning_(pruning), mask_(layout.size(), T{1}) {
  const WeightCount count = count_weights(layout, pruning.kept, parameters);
  scored_.resize(count.all);
  first_ = count.sparsity();
  n_zero_ = count.zero;
  for (const ParameterRange& range : layout.ranges()) {
    if (is_prunable(range, pruning.kept)) ranges_.push_back(&range);
  }
  for (const ParameterRange* range : ranges_) {
    for (std::size_t i = 0; i < range->n_values(); ++i) {
      const std::size_t at = range->position(i);
      if (parameters[at] == 0) mask_[at] = 0;
    }
  }
}

template <class T>
double Pruner<T>::sparsity() const {
  return scored_.empty() ? 0 : static_cast<double>(n_zero_) / static_cast<double>(scored_.size());
}

template <class T>
void Pruner<T>::advance(double done, T* parameters) {
  const double reached = std::clamp(done / pruning_.share, 0.0, 1.0);
  const auto round = static_cast<std::size_t>(reached * static_cast<double>(kRounds));
  if (round <= round_) return;
  round_ = round;
  const double share =
      sparsity_at(first_, pruning_.sparsity, static_cast<double>(round) / static_cast<double>(kRounds));
  const auto wanted = static_cast<std::size_t>(std::floor(share * static_cast<double>(scored_.size()) + 0.5));
  if (wanted <= n_zero_) return;
  prune(wanted, parameters);
  apply(parameters);
}

template <class T>
void Pruner<T>::prune(std::size_t n, const T* parameters) {
  // Positions decide between equal scores, so that the choice does not depend on how sorting works.
  const auto is_less = [](const Scored& a, const Scored& b) {
    return std::tie(a.score, a.position) < std::tie(b.score, b.position);
  };
  auto begin = scored_.begin();
  for (const ParameterRange* range : ranges_) {
    const auto end = begin + static_cast<std::ptrdiff_t>(range->n_values());
    for (std::size_t i = 0; auto& scored : std::ranges::subrange(begin, end)) {
      const std::size_t at = range->position(i++);
      const auto weight = static_cast<double>(parameters[at]);
      scored = {.score = weight * weight, .position = static_cast<std::uint32_t>(at)};
    }
    std::sort(begin, end, is_less);
    double sum = 0;
    for (auto scored = end; scored != begin;) {
      --scored;
      sum += scored->score;
      if (scored->score > 0) scored->score /= sum;
    }
    begin = end;
  }
  const auto last = scored_.begin() + static_cast<std::ptrdiff_t>(n);
  std::nth_element(scored_.begin(), last, scored_.end(), is_less);
  for (auto scored = scored_.begin(); scored != last; ++scored) mask_[scored->position] = 0;
  n_zero_ = n;
}

template <class T>
void Pruner<T>::apply(T* parameters) const {
  for (const ParameterRange* range : ranges_) {
    T* const weights = parameters + range->offset;
    kernels<T>().multiply(range->stored(), weights, mask_.data() + range->offset, weights, false);
  }
}

template WeightCount count_weights(const ParameterLayout&, std::span<const std::string>, const float*);
template WeightCount count_weights(const ParameterLayout&, std::span<const std::string>, const double*);
template class Pruner<float>;
template class Pruner<double>;

}  // namespace ffwd
