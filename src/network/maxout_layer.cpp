// maxout: y_j = max_p (x·W_pᵀ + b_p)_j, the largest of k linear pieces. Goodfellow et al. (2013).
// Of pieces that tie the first one counts, and has all of the slope.
#include <algorithm>
#include <memory>
#include <vector>

#include "network/layer.h"
#include "plan/dense_step.h"
#include "plan/values.h"

namespace ffwd {
namespace {

constexpr LayerOption kOptions[] = {
    {.name = "pieces", .summary = "linear pieces of each unit", .usual = 2, .low = 1, .high = 1000, .whole = true},
    kBiasOption};

std::size_t pieces_of(const LayerSpec& layer) { return static_cast<std::size_t>(option_of(layer, kOptions[0])); }

template <class T>
class MaxStep final : public Step<T> {
 public:
  /// `tops`: scratch for the largest of the first pieces, one value's room for each piece but the first and the last.
  MaxStep(std::vector<Value> pieces, const Value& target, std::size_t numbers, std::size_t tops, std::size_t scratch)
      : pieces_(std::move(pieces)), target_(target), numbers_(numbers), tops_(tops), scratch_(scratch) {}

  void forward(const Frame<T>& f) const override {
    if (pieces_.size() == 1) std::copy_n(f.arena + pieces_[0].a, n(f), f.arena + target_.a);
    for (std::size_t p = 1; p < pieces_.size(); ++p) {
      const T *top = before(f, p), *next = f.arena + pieces_[p].a;
      k_.choose(n(f), next, top, next, top, up_to(f, p));
    }
  }

  void backward(const Frame<T>& f) const override { share(f, f); }
  void tangent_of_backward(const Frame<T>& f, const Frame<T>& dot) const override { share(f, dot); }

  void tangent(const Frame<T>& f, const Frame<T>& dot) const override {
    T* const y = dot.arena + target_.a;
    std::copy_n(dot.arena + pieces_[0].a, n(f), y);
    for (std::size_t p = 1; p < pieces_.size(); ++p) {
      k_.choose(n(f), f.arena + pieces_[p].a, before(f, p), dot.arena + pieces_[p].a, y, y);
    }
  }

 private:
  [[nodiscard]] std::size_t n(const Frame<T>& f) const { return numbers_of(f, target_); }
  // The largest of the pieces before p, and with p.
  [[nodiscard]] const T* before(const Frame<T>& f, std::size_t p) const {
    return p == 1 ? f.arena + pieces_[0].a : up_to(f, p - 1);
  }
  [[nodiscard]] T* up_to(const Frame<T>& f, std::size_t p) const {
    return p + 1 == pieces_.size() ? f.arena + target_.a : f.arena + tops_ + (p - 1) * numbers_;
  }

  // From the last piece on: it takes d where it was larger than all before.
  void share(const Frame<T>& f, const Frame<T>& of) const {
    T* const rest = of.arena + scratch_;
    std::copy_n(of.arena + target_.d, n(f), rest);
    for (std::size_t p = pieces_.size(); p-- > 1;) {
      const T *x = f.arena + pieces_[p].a, *top = before(f, p);
      k_.choose(n(f), x, top, rest, nullptr, of.arena + pieces_[p].d);
      k_.choose(n(f), x, top, nullptr, rest, rest);
    }
    std::copy_n(rest, n(f), of.arena + pieces_[0].d);
  }

  const Kernels<T>& k_ = kernels<T>();
  std::vector<Value> pieces_;
  Value target_;
  std::size_t numbers_, tops_, scratch_;  // the room of one value, and where the scratch lies
};

/// The pieces' weights as one tensor [pieces, outputs, inputs], and their biases as [pieces, outputs].
template <class T>
std::vector<DenseWeights> add_weights(PlanBuilder<T>& builder, const LayerSpec& layer, std::size_t inputs) {
  const std::size_t pieces = pieces_of(layer), outputs = layer.size;
  DenseWeights one{.has_bias = option_of(layer, kBiasOption) != 0, .narrow = is_narrow(inputs, outputs)};
  one.weight_ld = padded<T>(one.narrow ? inputs : outputs);
  ParameterLayout& layout = builder.layout();
  one.weight = layout.add({.name = layer.name + ".weight",
                           .shape = {pieces, outputs, inputs},
                           .ld = one.weight_ld,
                           .matrix = true,
                           .transposed = !one.narrow,
                           .kind = ParameterKind::kWeight,
                           .init = InitRule::kHe});
  if (one.has_bias) {
    one.bias = layout.add({.name = layer.name + ".bias",
                           .shape = {pieces, outputs},
                           .ld = padded<T>(outputs),
                           .kind = ParameterKind::kBias});
  }
  std::vector<DenseWeights> all(pieces, one);
  for (std::size_t p = 0; p < pieces; ++p) {
    all[p].weight += p * (one.narrow ? outputs : inputs) * one.weight_ld;
    all[p].bias += p * padded<T>(outputs);
  }
  return all;
}

template <class T>
Value lower(PlanBuilder<T>& builder, const LayerSpec& layer, std::span<const Reading> sources, bool /*feeds_loss*/) {
  const std::vector<DenseWeights> weights = add_weights(builder, layer, sources[0].value.units);
  std::vector<Value> pieces;
  for (std::size_t p = 0; p < weights.size(); ++p) {
    pieces.push_back(builder.add_plain_value(layer.size));
    add_dense_step(builder, weights[p], part_of(sources[0], p, weights.size()), pieces.back());
  }
  const Value target = builder.add_plain_value(layer.size);
  const std::size_t numbers = padded<T>(builder.capacity() * target.ld);
  const std::size_t tops = builder.add_scratch(weights.size() * numbers), scratch = builder.add_scratch(numbers);
  builder.add_step(std::make_unique<MaxStep<T>>(std::move(pieces), target, numbers, tops, scratch));
  return target;
}

}  // namespace

extern constinit const LayerRow maxout_row{
    .name = "maxout",
    .summary = "y = the largest of k linear pieces x W_pᵀ + b_p",
    .source = "Goodfellow et al. 2013",
    .size = LayerSize::kFree,
    .is_word = true,
    .options = kOptions,
    .n_parameters =
        [](const LayerSpec& layer, std::size_t inputs) {
          const std::size_t bias = option_of(layer, kBiasOption) != 0 ? 1 : 0;
          return (CheckedSize(inputs) + bias) * layer.size * pieces_of(layer);
        },
    .lower_f32 = lower<float>,
    .lower_f64 = lower<double>,
    .reads_any_stride = true,
};

}  // namespace ffwd
