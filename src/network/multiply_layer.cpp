// multiply: y = Π sources, element by element, as gates are. Lin et al. (1990) call such units sigma-pi.
#include <algorithm>
#include <memory>

#include "network/layer.h"
#include "plan/values.h"

namespace ffwd {
namespace {

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

template <class T>
class MultiplyStep final : public Step<T> {
 public:
  MultiplyStep(std::span<const Reading> sources, const Value& target, std::size_t scratch, std::size_t sum)
      : sources_(sources.begin(), sources.end()), target_(target), scratch_(scratch), sum_(sum) {}

  void forward(const Frame<T>& f) const override { product_without(f, kNone, kNone, nullptr, f.arena + target_.a); }

  void backward(const Frame<T>& f) const override {
    for (std::size_t k = sources_.size(); k-- > 0;) {
      T* const d = f.arena + scratch_;
      product_without(f, k, kNone, f.arena + target_.d, d);
      hand_back(f, sources_[k], d);
    }
  }

  // ẏ = Σ_k ẋ_k Π_{j≠k} x_j
  void tangent(const Frame<T>& f, const Frame<T>& dot) const override {
    T* const y = dot.arena + target_.a;
    std::fill_n(y, numbers_of(f, target_), T{0});
    for (std::size_t k = 0; k < sources_.size(); ++k) {
      product_without(f, k, kNone, dot.arena + sources_[k].value.a, f.arena + scratch_);
      add(f, f.arena + scratch_, y);
    }
  }

  // dx_k = d Π_{j≠k} x_j: the tangent moves d, and each of the others.
  void tangent_of_backward(const Frame<T>& f, const Frame<T>& dot) const override {
    for (std::size_t k = sources_.size(); k-- > 0;) {
      T* const sum = dot.arena + sum_;
      product_without(f, k, kNone, dot.arena + target_.d, sum);
      for (std::size_t j = 0; j < sources_.size(); ++j) {
        if (j == k) continue;
        T* const term = dot.arena + scratch_;
        product_without(f, k, j, f.arena + target_.d, term);
        kernels<T>().multiply(numbers_of(f, target_), dot.arena + sources_[j].value.a, term, term, false);
        add(f, term, sum);
      }
      hand_back(dot, sources_[k], sum);
    }
  }

 private:
  // out = factor · Π of the sources but those two; factor null is 1.
  void product_without(const Frame<T>& f, std::size_t one, std::size_t other, const T* factor, T* out) const {
    const std::size_t n = numbers_of(f, target_);
    bool started = factor != nullptr;
    if (started) std::copy_n(factor, n, out);
    for (std::size_t k = 0; k < sources_.size(); ++k) {
      if (k == one || k == other) continue;
      const T* const x = f.arena + sources_[k].value.a;
      if (started) kernels<T>().multiply(n, x, out, out, false);
      if (!started) std::copy_n(x, n, out);
      started = true;
    }
  }
  void add(const Frame<T>& f, const T* x, T* to) const { kernels<T>().add_scaled(numbers_of(f, target_), T{1}, x, to); }

  std::vector<Reading> sources_;
  Value target_;
  std::size_t scratch_, sum_;
};

template <class T>
Value lower(PlanBuilder<T>& builder, const LayerSpec& /*layer*/, std::span<const Reading> sources,
            bool /*feeds_loss*/) {
  const Value target = builder.add_plain_value(sources[0].value.units);
  const std::size_t numbers = builder.capacity() * target.ld;
  const std::size_t scratch = builder.add_scratch(numbers), sum = builder.add_scratch(numbers);
  builder.add_step(std::make_unique<MultiplyStep<T>>(sources, target, scratch, sum));
  return target;
}

}  // namespace

extern constinit const LayerRow multiply_row{
    .name = "multiply",
    .summary = "y = unit(the product of the sources, element by element)",
    .source = "Rumelhart, Hinton & Williams 1986 (sigma-pi units)",
    .joins = false,
    .lower_f32 = lower<float>,
    .lower_f64 = lower<double>,
};

}  // namespace ffwd
