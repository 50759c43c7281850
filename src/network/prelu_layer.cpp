// prelu: y = x where x > 0, else slope · x, with a learned slope for each unit. He et al. (2015), section 2.1.
// At 0 the slope in x is the learned one, and that in the slope is min(0, x).
#include <memory>

#include "network/layer.h"
#include "plan/values.h"

namespace ffwd {
namespace {

template <class T>
class PreluStep final : public Step<T> {
 public:
  PreluStep(const Reading& source, const Value& target, std::size_t slope, std::size_t scratch, std::size_t other)
      : reading_(source), target_(target), slope_(slope), scratch_(scratch), other_(other) {}

  void forward(const Frame<T>& f) const override { bend(f, f, x(f), f.arena + target_.a); }

  void backward(const Frame<T>& f) const override {
    add_slope_gradient(f, f, f, /*adds=*/false);
    bend(f, f, d(f), f.arena + scratch_);
    hand_back(f, reading_, f.arena + scratch_);
  }

  // ẏ = ẋ where x > 0, else slope · ẋ + slope' · x
  void tangent(const Frame<T>& f, const Frame<T>& dot) const override {
    T* const y = dot.arena + target_.a;
    bend(f, f, x(dot), y);
    add_moved_slope(f, dot, x(f), y);
  }

  void tangent_of_backward(const Frame<T>& f, const Frame<T>& dot) const override {
    add_slope_gradient(f, dot, dot, false);
    k_.choose(n(f), px(f), nullptr, nullptr, px(dot), f.arena + other_);  // ẋ where the slope counts
    k_.sum_columns(d(f), f.arena + other_, dot.gradient + slope_, true);
    T* const sum = dot.arena + scratch_;
    bend(f, f, d(dot), sum);
    add_moved_slope(f, dot, d(f), sum);
    hand_back(dot, reading_, sum);
  }

 private:
  [[nodiscard]] Rows<T> x(const Frame<T>& f) const { return rows_of(f, reading_.value, reading_.value.a); }
  [[nodiscard]] Rows<T> d(const Frame<T>& f) const { return rows_of(f, target_, target_.d); }
  [[nodiscard]] const T* px(const Frame<T>& f) const { return f.arena + reading_.value.a; }
  [[nodiscard]] std::size_t n(const Frame<T>& f) const { return numbers_of(f, target_); }

  // out = v where x > 0, else slope · v
  void bend(const Frame<T>& f, const Frame<T>& slopes, const Rows<T>& v, T* out) const {
    T* const bent = f.arena + other_;
    k_.scale_columns(v, slopes.parameters + slope_, bent, false);
    k_.choose(n(f), px(f), nullptr, v.x, bent, out);
  }
  // out += slope' · v where x is not over 0
  void add_moved_slope(const Frame<T>& f, const Frame<T>& dot, const Rows<T>& v, T* out) const {
    if (!dot.parameters) return;
    T* const bent = f.arena + other_;
    k_.scale_columns(v, dot.parameters + slope_, bent, false);
    k_.choose(n(f), px(f), nullptr, nullptr, bent, bent);
    k_.add_scaled(n(f), T{1}, bent, out);
  }
  // Σ_rows d · min(0, x)
  void add_slope_gradient(const Frame<T>& f, const Frame<T>& of_d, const Frame<T>& to, bool adds) const {
    T* const negative = f.arena + other_;
    k_.choose(n(f), px(f), nullptr, nullptr, px(f), negative);
    k_.sum_columns(d(of_d), negative, to.gradient + slope_, adds);
  }

  const Kernels<T>& k_ = kernels<T>();
  Reading reading_;
  Value target_;
  std::size_t slope_, scratch_, other_;
};

template <class T>
Value lower(PlanBuilder<T>& builder, const LayerSpec& layer, std::span<const Reading> sources, bool /*feeds_loss*/) {
  const Value target = builder.add_plain_value(layer.size);
  const std::size_t slope = builder.layout().add(
      {.name = layer.name + ".slope", .shape = {layer.size}, .ld = padded<T>(layer.size), .initial = 0.25});
  const std::size_t numbers = builder.capacity() * target.ld;
  const std::size_t scratch = builder.add_scratch(numbers), other = builder.add_scratch(numbers);
  builder.add_step(std::make_unique<PreluStep<T>>(sources[0], target, slope, scratch, other));
  return target;
}

}  // namespace

extern constinit const LayerRow prelu_row{
    .name = "prelu",
    .summary = "y = x > 0 ? x : slope · x, a learned slope for each unit",
    .source = "He et al. 2015",
    .size = LayerSize::kSum,
    .is_unit = true,
    .n_parameters = [](const LayerSpec& layer, std::size_t) { return CheckedSize(layer.size); },
    .lower_f32 = lower<float>,
    .lower_f64 = lower<double>,
};

}  // namespace ffwd
