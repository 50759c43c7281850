// softmax: y = exp(x) / Σ exp(x) over the units of a row: shares that add up to one, as for gates and mixtures.
// Bridle (1990). With p = y its derivative is diag(p) − p pᵀ, which is symmetric and never built.
#include <algorithm>
#include <memory>

#include "network/layer.h"
#include "plan/values.h"

namespace ffwd {
namespace {

template <class T>
class SoftmaxStep final : public Step<T> {
 public:
  SoftmaxStep(const Reading& source, const Value& target, std::size_t scratch)
      : reading_(source), target_(target), scratch_(scratch) {}

  void forward(const Frame<T>& f) const override {
    T* const y = f.arena + target_.a;
    std::copy_n(f.arena + reading_.value.a, numbers_of(f, target_), y);
    k_.softmax({.rows = f.rows, .outputs = target_.units, .y = y, .ldy = target_.ld});
  }
  void backward(const Frame<T>& f) const override {
    times_derivative(f, f, target_.d, f.arena + scratch_);
    hand_back(f, reading_, f.arena + scratch_);
  }
  void tangent(const Frame<T>& f, const Frame<T>& dot) const override {
    times_derivative(f, dot, reading_.value.a, dot.arena + target_.a);
  }
  // dx = p ∘ d − p ⟨p, d⟩; its tangent is the same with ḋ, and ṗ ∘ d − ṗ ⟨p, d⟩ − p ⟨ṗ, d⟩.
  void tangent_of_backward(const Frame<T>& f, const Frame<T>& dot) const override {
    T* const sum = dot.arena + scratch_;
    const T *p = f.arena + target_.a, *p_dot = dot.arena + target_.a;
    times_derivative(f, dot, target_.d, sum);
    k_.multiply(numbers_of(f, target_), p_dot, f.arena + target_.d, sum, true);
    k_.project(rows_of(f, target_, target_.d), p, p_dot, T{-1}, sum);
    k_.project(rows_of(f, target_, target_.d), p_dot, p, T{-1}, sum);
    hand_back(dot, reading_, sum);
  }

 private:
  void times_derivative(const Frame<T>& f, const Frame<T>& of, std::size_t v, T* out) const {
    const T* const p = f.arena + target_.a;
    k_.multiply(numbers_of(f, target_), p, of.arena + v, out, false);
    k_.project(rows_of(of, target_, v), p, p, T{-1}, out);
  }

  const Kernels<T>& k_ = kernels<T>();
  Reading reading_;
  Value target_;
  std::size_t scratch_;
};

template <class T>
Value lower(PlanBuilder<T>& builder, const LayerSpec& layer, std::span<const Reading> sources, bool /*feeds_loss*/) {
  const Value target = builder.add_plain_value(layer.size);
  const std::size_t scratch = builder.add_scratch(builder.capacity() * target.ld);
  builder.add_step(std::make_unique<SoftmaxStep<T>>(sources[0], target, scratch));
  return target;
}

}  // namespace

extern constinit const LayerRow softmax_row{
    .name = "softmax",
    .summary = "y = exp(x) / Σ exp(x) over the units",
    .source = "Bridle 1990",
    .size = LayerSize::kSum,
    .is_unit = true,
    .lower_f32 = lower<float>,
    .lower_f64 = lower<double>,
};

}  // namespace ffwd
