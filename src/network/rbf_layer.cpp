// rbf: y_j = exp(−‖x − w_j‖² / σ_j²), radial basis functions with learned centres w and widths σ. Broomhead & Lowe
// (1988).
//
// With D the squared distances, s = 1/σ², c = 2/σ³ and d the loss's derivative with respect to y:
//   e = −d y s = dL/dD,   dx = 2 Σ_j e_j (x − w_j),   dw_j = 2 Σ_rows e_j (w_j − x),   dσ_j = Σ_rows d y D c
#include <cmath>
#include <memory>

#include "network/layer.h"
#include "plan/values.h"

namespace ffwd {
namespace {

/// Offsets of what the step keeps, [rows, ld] or, per unit, [ld].
struct RbfScratch {
  std::size_t distance, e, moved, squared, cubed, fourth, unit, dx;
};

template <class T>
class RbfStep final : public Step<T> {
 public:
  RbfStep(const Reading& source, const Value& target, std::size_t centre, std::size_t sigma, const RbfScratch& s)
      : reading_(source), target_(target), centre_(centre), sigma_(sigma), s_(s) {}

  void forward(const Frame<T>& f) const override {
    k_.rbf_factors(target_.units, f.parameters + sigma_, f.arena + s_.squared, f.arena + s_.cubed, f.arena + s_.fourth);
    const Centres<T> c = centres(f, f);
    k_.distances(c, c.x, c.w, T{1}, f.arena + s_.distance);
    minus_scaled(f, f.arena + s_.distance, f.arena + target_.a);
    exp_of_units(f);
  }

  void backward(const Frame<T>& f) const override {
    T* const dy = f.arena + s_.moved;  // d ∘ y
    k_.multiply(n(f), f.arena + target_.d, f.arena + target_.a, dy, false);
    add_sigma_gradient(f, dy, f.arena + s_.distance, s_.cubed, f.gradient, false);
    minus_scaled(f, dy, f.arena + s_.e);
    k_.pull_centres(centres(f, f), f.arena + s_.e, T{2}, f.gradient + centre_, false);
    pull_x(f, centres(f, f), f.arena + s_.e, false);
    if (reading_.wanted) hand_back(f, reading_, f.arena + s_.dx);
  }

  // Ḋ = 2 Σ (w − x)(ẇ − ẋ), ẏ = y (−Ḋ s + D c σ̇)
  void tangent(const Frame<T>& f, const Frame<T>& dot) const override {
    T *const y = dot.arena + target_.a, *const rate = dot.arena + s_.e;
    const Centres<T> moves = centres(dot, dot);
    k_.distances(centres(f, f), moves.x, moves.w, T{2}, dot.arena + s_.distance);
    minus_scaled(f, dot.arena + s_.distance, rate);
    if (dot.parameters) {
      T* const of_unit = dot.arena + s_.unit;
      k_.multiply(target_.ld, f.arena + s_.cubed, dot.parameters + sigma_, of_unit, false);
      k_.scale_columns(rows(f, s_.distance), of_unit, rate, true);
    }
    k_.multiply(n(f), f.arena + target_.a, rate, y, false);
  }

  void tangent_of_backward(const Frame<T>& f, const Frame<T>& dot) const override {
    // dy_dot = ḋ y + d ẏ, the tangent of dy.
    T *const dy = f.arena + s_.moved, *const dy_dot = dot.arena + s_.moved, *const e_dot = dot.arena + s_.e;
    k_.multiply(n(f), dot.arena + target_.d, f.arena + target_.a, dy_dot, false);
    k_.multiply(n(f), f.arena + target_.d, dot.arena + target_.a, dy_dot, true);
    add_sigma_gradient(f, dy_dot, f.arena + s_.distance, s_.cubed, dot.gradient, false);
    add_sigma_gradient(f, dy, dot.arena + s_.distance, s_.cubed, dot.gradient, true);
    minus_scaled(f, dy_dot, e_dot);
    if (dot.parameters) move_sigma(f, dot, dy, e_dot);
    const Centres<T> moves = centres(dot, dot);
    k_.pull_centres(centres(f, f), e_dot, T{2}, dot.gradient + centre_, false);
    k_.pull_centres(moves, f.arena + s_.e, T{2}, dot.gradient + centre_, true);
    pull_x(dot, centres(f, f), e_dot, false);
    pull_x(dot, moves, f.arena + s_.e, true);
    if (reading_.wanted) hand_back(dot, reading_, dot.arena + s_.dx);
  }

 private:
  [[nodiscard]] std::size_t n(const Frame<T>& f) const { return numbers_of(f, target_); }
  [[nodiscard]] Rows<T> rows(const Frame<T>& f, std::size_t offset) const { return rows_of(f, target_, offset); }
  [[nodiscard]] Centres<T> centres(const Frame<T>& x, const Frame<T>& w) const {
    return {.rows = x.rows,
            .inputs = reading_.value.units,
            .units = target_.units,
            .x = outputs_of(x, reading_.value),
            .ldx = stride_of(x, reading_.value),
            .w = w.parameters ? w.parameters + centre_ : nullptr,
            .ld = target_.ld};
  }

  void exp_of_units(const Frame<T>& f) const {
    for (std::size_t r = 0; r < f.rows; ++r) {  // not of the padding, where it would be 1
      T* const y = f.arena + target_.a + r * target_.ld;
      k_.exp(y, y, target_.units);
    }
  }
  // out = −v ∘ s
  void minus_scaled(const Frame<T>& f, const T* v, T* out) const {
    k_.scale_columns({.rows = f.rows, .columns = target_.units, .x = v, .ld = target_.ld}, f.arena + s_.squared, out,
                     false);
    negate(n(f), out);
  }
  void negate(std::size_t numbers, T* x) const { k_.scale(numbers, T{-1}, x); }

  // g_σ += (Σ_rows v ∘ D) ∘ factor
  void add_sigma_gradient(const Frame<T>& f, const T* v, const T* distance, std::size_t factor, T* gradient,
                          bool adds) const {
    T* const sum = f.arena + s_.unit;
    k_.sum_columns({.rows = f.rows, .columns = target_.units, .x = v, .ld = target_.ld}, distance, sum, false);
    k_.multiply(target_.ld, sum, f.arena + factor, gradient + sigma_, adds);
  }

  // What a moving σ adds: ṡ = −c σ̇ in e, and ċ = −(6/σ⁴) σ̇ in the gradient of σ.
  void move_sigma(const Frame<T>& f, const Frame<T>& dot, const T* dy, T* e_dot) const {
    T* const of_unit = dot.arena + s_.unit;
    const T* const sigma_dot = dot.parameters + sigma_;
    k_.multiply(target_.ld, f.arena + s_.cubed, sigma_dot, of_unit, false);
    k_.scale_columns({.rows = f.rows, .columns = target_.units, .x = dy, .ld = target_.ld}, of_unit, e_dot, true);
    T* const sum = f.arena + s_.unit;
    k_.sum_columns({.rows = f.rows, .columns = target_.units, .x = dy, .ld = target_.ld}, f.arena + s_.distance, sum,
                   false);
    k_.multiply(target_.ld, f.arena + s_.fourth, sigma_dot, of_unit, false);
    negate(target_.ld, of_unit);
    k_.multiply(target_.ld, sum, of_unit, dot.gradient + sigma_, true);
  }

  void pull_x(const Frame<T>& to, const Centres<T>& c, const T* e, bool adds) const {
    if (!reading_.wanted) return;
    k_.pull_rows(c, e, T{2}, to.arena + s_.dx, reading_.value.ld, adds);
  }

  const Kernels<T>& k_ = kernels<T>();
  Reading reading_;
  Value target_;
  std::size_t centre_, sigma_;
  RbfScratch s_;
};

template <class T>
Value lower(PlanBuilder<T>& builder, const LayerSpec& layer, std::span<const Reading> sources, bool /*feeds_loss*/) {
  const Value target = builder.add_plain_value(layer.size);
  const std::size_t inputs = sources[0].value.units;
  // Standardised rows lie about sqrt(inputs) from each other: centres like rows, as wide as that.
  const std::size_t centre = builder.layout().add({.name = layer.name + ".centre",
                                                   .shape = {layer.size, inputs},
                                                   .ld = target.ld,
                                                   .matrix = true,
                                                   .transposed = true,
                                                   .variance = 1});
  const std::size_t sigma = builder.layout().add({.name = layer.name + ".sigma",
                                                  .shape = {layer.size},
                                                  .ld = target.ld,
                                                  .initial = std::sqrt(static_cast<double>(inputs))});
  const std::size_t numbers = builder.capacity() * target.ld;
  const RbfScratch s{.distance = builder.add_scratch(numbers),
                     .e = builder.add_scratch(numbers),
                     .moved = builder.add_scratch(numbers),
                     .squared = builder.add_scratch(target.ld),
                     .cubed = builder.add_scratch(target.ld),
                     .fourth = builder.add_scratch(target.ld),
                     .unit = builder.add_scratch(target.ld),
                     .dx = builder.add_scratch(builder.capacity() * padded<T>(inputs))};
  builder.add_step(std::make_unique<RbfStep<T>>(sources[0], target, centre, sigma, s));
  return target;
}

}  // namespace

extern constinit const LayerRow rbf_row{
    .name = "rbf",
    .summary = "y = exp(−‖x − w‖² / σ²), learned centres w and widths σ",
    .source = "Broomhead & Lowe 1988",
    .size = LayerSize::kFree,
    .is_word = true,
    .n_parameters = [](const LayerSpec& layer, std::size_t inputs) { return (CheckedSize(inputs) + 1) * layer.size; },
    .lower_f32 = lower<float>,
    .lower_f64 = lower<double>,
    .reads_any_stride = true,
};

}  // namespace ffwd
