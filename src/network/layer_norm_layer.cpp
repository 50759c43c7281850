// layer_norm: y = γ ∘ (x − mean) / sqrt(variance + ε) + β over the units of each row. Ba, Kiros & Hinton (2016).
//
// With x̂ the standardised row, r = 1 / sqrt(variance + ε) and n units, the derivative of x̂ is the symmetric
//   P v = r (v − mean(v) − x̂ mean(x̂ v)),
// and the tangents of r and P follow from ṙ = −r² mean(x̂ ẋ).
#include "network/layer.h"

#include <algorithm>
#include <memory>

#include "plan/values.h"

namespace ffwd {
namespace {

constexpr LayerOption kOptions[] = {
    {.name = "epsilon", .summary = "added to the variance", .usual = 1e-5, .low = 1e-12, .high = 1}};

/// Offsets of what the step keeps.
struct NormScratch {
  std::size_t unit, inverse, g, p, row;
};

template <class T>
class LayerNormStep final : public Step<T> {
 public:
  LayerNormStep(const Reading& source, const Value& target, std::size_t gamma, std::size_t beta, double epsilon,
                const NormScratch& s)
      : reading_(source), target_(target), gamma_(gamma), beta_(beta), epsilon_(static_cast<T>(epsilon)), s_(s) {}

  void forward(const Frame<T>& f) const override {
    k_.standardise_rows(rows(f, reading_.value.a), epsilon_, f.arena + s_.unit, f.arena + s_.inverse);
    k_.scale_columns(rows(f, s_.unit), f.parameters + gamma_, f.arena + target_.a, false);
    k_.add_to_columns(f.rows, target_.ld, f.parameters + beta_, f.arena + target_.a);
  }

  void backward(const Frame<T>& f) const override {
    k_.sum_columns(rows(f, target_.d), f.arena + s_.unit, f.gradient + gamma_, false);
    k_.sum_columns(rows(f, target_.d), nullptr, f.gradient + beta_, false);
    k_.scale_columns(rows(f, target_.d), f.parameters + gamma_, f.arena + s_.g, false);
    times_p(f, rows(f, s_.g), f.arena + s_.p);
    hand_back(f, reading_, f.arena + s_.p);
  }

  // x̂' = P ẋ; y' = γ ∘ x̂' + γ' ∘ x̂ + β'
  void tangent(const Frame<T>& f, const Frame<T>& dot) const override {
    T* const y = dot.arena + target_.a;
    times_p(f, rows(dot, reading_.value.a), dot.arena + s_.unit);
    k_.scale_columns(rows(dot, s_.unit), f.parameters + gamma_, y, false);
    if (!dot.parameters) return;
    k_.scale_columns(rows(f, s_.unit), dot.parameters + gamma_, y, true);
    k_.add_to_columns(f.rows, target_.ld, dot.parameters + beta_, y);
  }

  void tangent_of_backward(const Frame<T>& f, const Frame<T>& dot) const override {
    k_.sum_columns(rows(dot, target_.d), f.arena + s_.unit, dot.gradient + gamma_, false);
    k_.sum_columns(rows(f, target_.d), dot.arena + s_.unit, dot.gradient + gamma_, true);
    k_.sum_columns(rows(dot, target_.d), nullptr, dot.gradient + beta_, false);
    T* const g_dot = dot.arena + s_.g;
    k_.scale_columns(rows(dot, target_.d), f.parameters + gamma_, g_dot, false);
    if (dot.parameters) k_.scale_columns(rows(f, target_.d), dot.parameters + gamma_, g_dot, true);
    T* const sum = dot.arena + s_.p;
    times_p(f, rows(dot, s_.g), sum);
    add_moved_p(f, dot, sum);
    hand_back(dot, reading_, sum);
  }

 private:
  [[nodiscard]] Rows<T> rows(const Frame<T>& f, std::size_t offset) const { return rows_of(f, target_, offset); }
  [[nodiscard]] T share() const { return T{1} / static_cast<T>(target_.units); }

  void times_p(const Frame<T>& f, const Rows<T>& v, T* out) const {
    const T* const unit = f.arena + s_.unit;
    std::copy_n(v.x, numbers_of(f, target_), out);
    k_.project(v, nullptr, nullptr, -share(), out);
    k_.project(v, unit, unit, -share(), out);
    k_.scale_rows({.rows = v.rows, .columns = v.columns, .x = out, .ld = v.ld}, f.arena + s_.inverse, out, false);
  }

  // Ṗ g = (ṙ/r) P g − r (x̂' mean(x̂ g) + x̂ mean(x̂' g)); P g is what backward has left.
  void add_moved_p(const Frame<T>& f, const Frame<T>& dot, T* sum) const {
    const T *const unit = f.arena + s_.unit, *const unit_dot = dot.arena + s_.unit;
    T *const factor = dot.arena + s_.row, *const part = dot.arena + s_.g;
    k_.row_dots(rows(dot, reading_.value.a), unit, -share(), factor);
    k_.multiply(padded<T>(f.rows), factor, f.arena + s_.inverse, factor, false);  // ṙ/r
    k_.scale_rows(rows(f, s_.p), factor, sum, true);
    std::fill_n(part, numbers_of(f, target_), T{0});
    k_.project(rows(f, s_.g), unit, unit_dot, -share(), part);
    k_.project(rows(f, s_.g), unit_dot, unit, -share(), part);
    k_.scale_rows(rows(dot, s_.g), f.arena + s_.inverse, sum, true);
  }

  const Kernels<T>& k_ = kernels<T>();
  Reading reading_;
  Value target_;
  std::size_t gamma_, beta_;
  T epsilon_;
  NormScratch s_;
};

template <class T>
Value lower(PlanBuilder<T>& builder, const LayerSpec& layer, std::span<const Reading> sources, bool /*feeds_loss*/) {
  const Value target = builder.add_plain_value(layer.size);
  ParameterLayout& layout = builder.layout();
  const std::size_t gamma =
      layout.add({.name = layer.name + ".scale", .shape = {layer.size}, .ld = target.ld, .initial = 1});
  const std::size_t beta =
      layout.add({.name = layer.name + ".bias", .shape = {layer.size}, .ld = target.ld, .kind = ParameterKind::kBias});
  const std::size_t numbers = builder.capacity() * target.ld;
  const NormScratch s{.unit = builder.add_scratch(numbers),
                      .inverse = builder.add_scratch(builder.capacity()),
                      .g = builder.add_scratch(numbers),
                      .p = builder.add_scratch(numbers),
                      .row = builder.add_scratch(builder.capacity())};
  builder.add_step(
      std::make_unique<LayerNormStep<T>>(sources[0], target, gamma, beta, option_of(layer, kOptions[0]), s));
  return target;
}

}  // namespace

extern constinit const LayerRow layer_norm_row{
    .name = "layer_norm",
    .summary = "each row standardised over its units, then scaled and shifted by learned numbers",
    .source = "Ba, Kiros & Hinton 2016",
    .size = LayerSize::kSum,
    .is_word = true,
    .options = kOptions,
    .n_parameters = [](const LayerSpec& layer, std::size_t) { return CheckedSize(layer.size) * 2; },
    .lower_f32 = lower<float>,
    .lower_f64 = lower<double>,
};

}  // namespace ffwd
