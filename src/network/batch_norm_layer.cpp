// batch_norm: y = γ ∘ (x − μ) / sqrt(v + ε) + β, each unit standardised over rows. Ioffe & Szegedy (2015).
//
// While training μ and v are the mean and the variance of the rows that go through the plan together, at most
// kShardRows ("ghost batches", Hoffer, Hubara & Soudry 2017: the bits do not depend on the number of threads), and
// backward leaves what moves the running ones there. Else, and for a single row, they are the running ones, which are
// constants. With x̂ the standardised rows, r = 1 / sqrt(v + ε) and means over rows,
//   dx = r (g − mean(g) − x̂ mean(g x̂)), g = γ ∘ dy.
// What is done once per unit, not per row, is written as a plain loop.
#include <algorithm>
#include <cmath>
#include <memory>

#include "network/layer.h"
#include "plan/values.h"

namespace ffwd {
namespace {

constexpr LayerOption kOptions[] = {
    {.name = "epsilon", .summary = "added to the variance", .usual = 1e-5, .low = 1e-12, .high = 1},
    {.name = "momentum",
     .summary = "share of a batch in the running mean and variance",
     .usual = 0.1,
     .low = 1e-6,
     .high = 1}};

struct NormParameters {
  std::size_t gamma, beta, mean, variance;
};

/// Offsets of what the step keeps: x̂ and one more matrix; a number for each unit.
struct NormScratch {
  std::size_t unit, p, shift, variance, inverse, sum;
};

template <class T>
class BatchNormStep final : public Step<T> {
 public:
  BatchNormStep(const Reading& source, const Value& target, const NormParameters& parameters, double epsilon,
                const NormScratch& s)
      : reading_(source), target_(target), p_(parameters), epsilon_(static_cast<T>(epsilon)), s_(s) {}

  void forward(const Frame<T>& f) const override {
    T* const unit = f.arena + s_.unit;
    const T* const x = f.arena + reading_.value.a;
    if (by_batch(f)) {
      mean(rows(f, reading_.value.a), nullptr, T{-1}, f.arena + s_.shift);
      centre(f, x, unit);
      mean(rows(f, s_.unit), unit, T{1}, f.arena + s_.variance);
    } else {
      for (std::size_t c = 0; c < target_.ld; ++c) f.arena[s_.shift + c] = -f.parameters[p_.mean + c];
      std::copy_n(f.parameters + p_.variance, target_.ld, f.arena + s_.variance);
      centre(f, x, unit);
    }
    for (std::size_t c = 0; c < target_.ld; ++c) {
      f.arena[s_.inverse + c] = T{1} / std::sqrt(f.arena[s_.variance + c] + epsilon_);
    }
    k_.scale_columns(rows(f, s_.unit), f.arena + s_.inverse, unit, false);
    k_.scale_columns(rows(f, s_.unit), f.parameters + p_.gamma, f.arena + target_.a, false);
    k_.add_to_columns(f.rows, target_.ld, f.parameters + p_.beta, f.arena + target_.a);
  }

  void backward(const Frame<T>& f) const override {
    T *const unit = f.arena + s_.unit, *const p = f.arena + s_.p, *const sum = f.arena + s_.sum;
    k_.sum_columns(rows(f, target_.d), unit, f.gradient + p_.gamma, false);
    k_.sum_columns(rows(f, target_.d), nullptr, f.gradient + p_.beta, false);
    k_.scale_columns(rows(f, target_.d), f.parameters + p_.gamma, p, false);
    if (by_batch(f)) {
      // The mean of g x̂ is the same with and without g's own mean: that of x̂ is 0.
      mean(rows(f, s_.p), nullptr, T{-1}, sum);
      k_.add_to_columns(f.rows, target_.ld, sum, p);
      mean(rows(f, s_.p), unit, T{-1}, sum);
      k_.scale_columns(rows(f, s_.unit), sum, p, true);
    }
    k_.scale_columns(rows(f, s_.p), f.arena + s_.inverse, p, false);
    hand_back(f, reading_, p);
    leave_statistics(f);
  }

  void tangent(const Frame<T>& f, const Frame<T>& dot) const override {
    T* const y = dot.arena + target_.a;
    k_.scale_columns(rows(dot, reading_.value.a), f.arena + s_.inverse, dot.arena + s_.unit, false);
    k_.scale_columns(rows(dot, s_.unit), f.parameters + p_.gamma, y, false);
    if (!dot.parameters) return;
    k_.scale_columns(rows(f, s_.unit), dot.parameters + p_.gamma, y, true);
    k_.add_to_columns(f.rows, target_.ld, dot.parameters + p_.beta, y);
  }

  void tangent_of_backward(const Frame<T>& f, const Frame<T>& dot) const override {
    T* const p = dot.arena + s_.p;
    k_.sum_columns(rows(dot, target_.d), f.arena + s_.unit, dot.gradient + p_.gamma, false);
    k_.sum_columns(rows(f, target_.d), dot.arena + s_.unit, dot.gradient + p_.gamma, true);
    k_.sum_columns(rows(dot, target_.d), nullptr, dot.gradient + p_.beta, false);
    k_.scale_columns(rows(dot, target_.d), f.parameters + p_.gamma, p, false);
    if (dot.parameters) k_.scale_columns(rows(f, target_.d), dot.parameters + p_.gamma, p, true);
    k_.scale_columns(rows(dot, s_.p), f.arena + s_.inverse, p, false);
    hand_back(dot, reading_, p);
    std::fill_n(dot.gradient + p_.mean, target_.ld, T{0});
    std::fill_n(dot.gradient + p_.variance, target_.ld, T{0});
  }

 private:
  [[nodiscard]] bool by_batch(const Frame<T>& f) const { return f.row_numbers != nullptr && f.rows > 1; }
  [[nodiscard]] Rows<T> rows(const Frame<T>& f, std::size_t offset) const { return rows_of(f, target_, offset); }

  // out[c] = sign · mean_n x[n, c] y[n, c]
  void mean(const Rows<T>& x, const T* y, T sign, T* out) const {
    k_.sum_columns(x, y, out, false);
    for (std::size_t c = 0; c < target_.ld; ++c) out[c] *= sign / static_cast<T>(x.rows);
  }
  void centre(const Frame<T>& f, const T* x, T* out) const {
    std::copy_n(x, numbers_of(f, target_), out);
    k_.add_to_columns(f.rows, target_.ld, f.arena + s_.shift, out);
  }

  // As move_statistics() takes them; the variance as an estimate of that of all rows, over n − 1.
  void leave_statistics(const Frame<T>& f) const {
    T *const mean = f.gradient + p_.mean, *const variance = f.gradient + p_.variance;
    if (!by_batch(f)) {
      std::fill_n(mean, target_.ld, T{0});
      std::fill_n(variance, target_.ld, T{0});
      return;
    }
    const T n = static_cast<T>(f.rows);
    for (std::size_t c = 0; c < target_.ld; ++c) {
      mean[c] = n * (f.parameters[p_.mean + c] + f.arena[s_.shift + c]);
      variance[c] = n * (f.parameters[p_.variance + c] - f.arena[s_.variance + c] * (n / (n - 1)));
    }
  }

  const Kernels<T>& k_ = kernels<T>();
  Reading reading_;
  Value target_;
  NormParameters p_;
  T epsilon_;
  NormScratch s_;
};

template <class T>
Value lower(PlanBuilder<T>& builder, const LayerSpec& layer, std::span<const Reading> sources, bool /*feeds_loss*/) {
  const Value target = builder.add_plain_value(layer.size);
  ParameterLayout& layout = builder.layout();
  const auto add = [&](const char* name, ParameterKind kind, double initial) {
    return layout.add({.name = layer.name + name,
                       .shape = {layer.size},
                       .ld = target.ld,
                       .kind = kind,
                       .initial = initial,
                       .at_least_zero = kind == ParameterKind::kStatistic && initial > 0,
                       .momentum = option_of(layer, kOptions[1])});
  };
  const NormParameters parameters{.gamma = add(".scale", ParameterKind::kOther, 1),
                                  .beta = add(".bias", ParameterKind::kBias, 0),
                                  .mean = add(".mean", ParameterKind::kStatistic, 0),
                                  .variance = add(".variance", ParameterKind::kStatistic, 1)};
  const std::size_t numbers = builder.capacity() * target.ld;
  const NormScratch s{.unit = builder.add_scratch(numbers),
                      .p = builder.add_scratch(numbers),
                      .shift = builder.add_scratch(target.ld),
                      .variance = builder.add_scratch(target.ld),
                      .inverse = builder.add_scratch(target.ld),
                      .sum = builder.add_scratch(target.ld)};
  builder.add_step(
      std::make_unique<BatchNormStep<T>>(sources[0], target, parameters, option_of(layer, kOptions[0]), s));
  return target;
}

}  // namespace

extern constinit const LayerRow batch_norm_row{
    .name = "batch_norm",
    .summary = "each unit standardised over the batch, then scaled and shifted by learned numbers",
    .source = "Ioffe & Szegedy 2015",
    .size = LayerSize::kSum,
    .is_word = true,
    .varies = Varies::kByNeighbours,
    .options = kOptions,
    .n_parameters = [](const LayerSpec& layer, std::size_t) { return CheckedSize(layer.size) * 4; },
    .lower_f32 = lower<float>,
    .lower_f64 = lower<double>,
};

}  // namespace ffwd
