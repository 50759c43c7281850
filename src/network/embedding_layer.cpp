// embedding: y = w_c, a learned row of numbers for each category c. Guo & Berkhahn (2016), "Entity embeddings of
// categorical variables".
//
// Its input is the category's code. A code has no derivative: moving it a little changes nothing, and the gradient of a
// row of the table is the sum of d over the examples of its category.
#include <algorithm>
#include <memory>

#include "network/layer.h"
#include "plan/values.h"

namespace ffwd {
namespace {

constexpr LayerOption kOptions[] = {{.name = "categories",
                                     .summary = "codes that there are",
                                     .usual = 1,
                                     .low = 1,
                                     .high = static_cast<double>(kMaxUnits),
                                     .whole = true,
                                     .from_table = true}};

std::size_t n_categories(const LayerSpec& layer) { return static_cast<std::size_t>(option_of(layer, kOptions[0])); }

template <class T>
class EmbeddingStep final : public Step<T> {
 public:
  EmbeddingStep(const Reading& source, const Value& target, std::size_t table, std::size_t categories)
      : reading_(source), target_(target), table_(table), categories_(categories) {}

  void forward(const Frame<T>& f) const override { look_up(f, f.parameters, f.arena); }
  void backward(const Frame<T>& f) const override { add_up(f, f); }
  void tangent(const Frame<T>& f, const Frame<T>& dot) const override { look_up(f, dot.parameters, dot.arena); }
  void tangent_of_backward(const Frame<T>& f, const Frame<T>& dot) const override { add_up(f, dot); }

 private:
  /// The row's category, or `categories_` if its code is none.
  [[nodiscard]] std::size_t category(const Frame<T>& f, std::size_t row) const {
    const T code = outputs_of(f, reading_.value)[row * stride_of(f, reading_.value)];
    const T half{0.5};
    if (!(code >= -half && code < static_cast<T>(categories_) - half)) return categories_;
    return static_cast<std::size_t>(code + half);
  }

  /// Null parameters are zero.
  void look_up(const Frame<T>& f, const T* parameters, T* arena) const {
    for (std::size_t n = 0; n < f.rows; ++n) {
      T* const y = arena + target_.a + n * target_.ld;
      const std::size_t c = category(f, n);
      if (parameters == nullptr || c == categories_) {
        std::fill_n(y, target_.ld, T{0});
      } else {
        std::copy_n(parameters + table_ + c * target_.ld, target_.ld, y);
      }
    }
  }

  /// In the order of the rows: the same sum on any number of threads.
  void add_up(const Frame<T>& f, const Frame<T>& of) const {
    T* const gradient = of.gradient + table_;
    std::fill_n(gradient, categories_ * target_.ld, T{0});
    for (std::size_t n = 0; n < f.rows; ++n) {
      const std::size_t c = category(f, n);
      if (c == categories_) continue;
      k_.add_scaled(target_.ld, T{1}, of.arena + target_.d + n * target_.ld, gradient + c * target_.ld);
    }
    if (!reading_.wanted) return;
    if (!reading_.adds) std::fill_n(of.arena + reading_.value.d, numbers_of(f, reading_.value), T{0});
    finish_reading(of, reading_);
  }

  const Kernels<T>& k_ = kernels<T>();
  Reading reading_;
  Value target_;
  std::size_t table_, categories_;
};

template <class T>
Value lower(PlanBuilder<T>& builder, const LayerSpec& layer, std::span<const Reading> sources, bool /*feeds_loss*/) {
  const Value target = builder.add_plain_value(layer.size);
  const std::size_t categories = n_categories(layer);
  // Rows of length 1 in the mean, however many numbers they have.
  const std::size_t table = builder.layout().add({.name = layer.name + ".weight",
                                                  .shape = {categories, layer.size},
                                                  .ld = target.ld,
                                                  .matrix = true,
                                                  .kind = ParameterKind::kWeight,
                                                  .variance = 1 / static_cast<double>(layer.size)});
  builder.add_step(std::make_unique<EmbeddingStep<T>>(sources[0], target, table, categories));
  return target;
}

LayerFault fault(const LayerSpec& layer, std::span<const std::size_t> sizes) {
  if (!layer.options.contains(std::string(kOptions[0].name))) {
    return {.what = "it does not say how many categories there are",
            .fix = "give the option \"categories\": codes are 0 to categories - 1; from a table it is filled in"};
  }
  if (sizes[0] != 1) {
    return {.what = "its source has " + std::to_string(sizes[0]) + " numbers, but a code is one",
            .fix = "give each column of categories an input and an embedding of its own"};
  }
  return {};
}

}  // namespace

extern constinit const LayerRow embedding_row{
    .name = "embedding",
    .summary = "y = w_c, a learned row of numbers for each category c",
    .source = "Guo & Berkhahn 2016",
    .size = LayerSize::kFree,
    .reads_codes = true,
    .options = kOptions,
    .fault = fault,
    .n_parameters = [](const LayerSpec& layer,
                       std::size_t) { return CheckedSize(n_categories(layer)) * CheckedSize(layer.size); },
    .lower_f32 = lower<float>,
    .lower_f64 = lower<double>,
    .reads_any_stride = true,
};

}  // namespace ffwd
