// scale: y = w ∘ x, a learned diagonal that starts as the identity.
#include <memory>

#include "network/layer.h"
#include "plan/values.h"

namespace ffwd {
namespace {

template <class T>
class ScaleStep final : public Step<T> {
 public:
  ScaleStep(const Reading& source, const Value& target, std::size_t weight, std::size_t scratch)
      : reading_(source), target_(target), weight_(weight), scratch_(scratch) {}

  void forward(const Frame<T>& f) const override {
    k_.scale_columns(x(f), f.parameters + weight_, f.arena + target_.a, false);
  }
  void backward(const Frame<T>& f) const override {
    k_.sum_columns(x(f), f.arena + target_.d, f.gradient + weight_, false);
    k_.scale_columns(d(f), f.parameters + weight_, f.arena + scratch_, false);
    hand_back(f, reading_, f.arena + scratch_);
  }
  void tangent(const Frame<T>& f, const Frame<T>& dot) const override {
    k_.scale_columns(x(dot), f.parameters + weight_, dot.arena + target_.a, false);
    if (dot.parameters) k_.scale_columns(x(f), dot.parameters + weight_, dot.arena + target_.a, true);
  }
  void tangent_of_backward(const Frame<T>& f, const Frame<T>& dot) const override {
    k_.sum_columns(x(dot), f.arena + target_.d, dot.gradient + weight_, false);
    k_.sum_columns(x(f), dot.arena + target_.d, dot.gradient + weight_, true);
    k_.scale_columns(d(dot), f.parameters + weight_, dot.arena + scratch_, false);
    if (dot.parameters) k_.scale_columns(d(f), dot.parameters + weight_, dot.arena + scratch_, true);
    hand_back(dot, reading_, dot.arena + scratch_);
  }

 private:
  [[nodiscard]] Rows<T> x(const Frame<T>& f) const { return rows_of(f, reading_.value, reading_.value.a); }
  [[nodiscard]] Rows<T> d(const Frame<T>& f) const { return rows_of(f, target_, target_.d); }

  const Kernels<T>& k_ = kernels<T>();
  Reading reading_;
  Value target_;
  std::size_t weight_, scratch_;
};

template <class T>
Value lower(PlanBuilder<T>& builder, const LayerSpec& layer, std::span<const Reading> sources, bool /*feeds_loss*/) {
  const Value target = builder.add_plain_value(layer.size);
  const std::size_t weight = builder.layout().add(
      {.name = layer.name + ".scale", .shape = {layer.size}, .ld = padded<T>(layer.size), .initial = 1});
  const std::size_t scratch = builder.add_scratch(builder.capacity() * target.ld);
  builder.add_step(std::make_unique<ScaleStep<T>>(sources[0], target, weight, scratch));
  return target;
}

}  // namespace

extern constinit const LayerRow scale_row{
    .name = "scale",
    .summary = "y = unit(w ∘ x), a learned factor for each number",
    .size = LayerSize::kSum,
    .n_parameters = [](const LayerSpec& layer, std::size_t) { return CheckedSize(layer.size); },
    .lower_f32 = lower<float>,
    .lower_f64 = lower<double>,
};

}  // namespace ffwd
