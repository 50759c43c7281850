#include "plan/dense_step.h"

#include <algorithm>
#include <cassert>
#include <memory>

#include "core/aligned.h"
#include "plan/product_parts.h"
#include "plan/sparse_step.h"
#include "plan/values.h"

namespace ffwd {
namespace {

// What the kernels need of a layer's two ends and parameters.
template <class T>
struct Ends : DenseLink {
  AlignedVector<T> mask;
  const Kernels<T>* k = nullptr;

  [[nodiscard]] const Value& source() const { return reading.value; }
  [[nodiscard]] UnitValue<T> value() const { return k->unit_value[target.unit->index]; }
  // The slope of the unit that made the source, fused into the product that reaches it last.
  [[nodiscard]] UnitSlope<T> source_slope() const {
    return reading.last ? k->unit_slope[source().unit->index] : nullptr;
  }
  [[nodiscard]] T parameter() const { return static_cast<T>(target.unit_parameter); }
  [[nodiscard]] T source_parameter() const { return static_cast<T>(source().unit_parameter); }
  [[nodiscard]] bool keeps_z() const { return target.z != target.a; }
  [[nodiscard]] const T* bias(const Frame<T>& f) const {
    return weights.has_bias && f.parameters ? f.parameters + weights.bias : nullptr;
  }
  [[nodiscard]] T* bias_gradient(const Frame<T>& f) const {
    return weights.has_bias ? f.gradient + weights.bias : nullptr;
  }
  void apply_mask(const Frame<T>& f) const {
    T* const g = f.gradient + weights.weight;
    if (!mask.empty()) k->multiply(mask.size(), g, mask.data(), g, false);
  }
};

/// How a wide step comes by the derivative of what it reads, d·Wᵀ, which needs one of its factors turned over: the
/// weights, once for all shards of a batch; or d, and then the result, which for few rows is less.
struct WayBack {
  bool turns_rows = false;
  std::size_t transposed = 0;     ///< of the weights among Plan's; unless turns_rows
  std::size_t d = 0, result = 0;  ///< arena, [units, rows]; if turns_rows
};

template <class T>
class WideStep final : public Step<T> {
 public:
  WideStep(const Ends<T>& ends, const WayBack& way) : e_(ends), way_(way) {}

  void prepare(const T* parameters, T* transposed, unsigned threads) const override {
    if (!e_.reading.wanted || way_.turns_rows) return;
    const std::size_t inputs = e_.source().units;
    turn_over(
        threads,
        {.rows = inputs, .columns = e_.target.units, .x = parameters + e_.weights.weight, .ld = e_.weights.weight_ld},
        transposed + way_.transposed, padded<T>(inputs));
  }

  void forward(const Frame<T>& f) const override {
    Product<T> p = times_weights(outputs_of(f, e_.source()), stride_of(f, e_.source()), f);
    p.bias = e_.bias(f);
    p.c = f.arena + e_.target.a;
    p.value = e_.value();
    p.z = e_.keeps_z() ? f.arena + e_.target.z : nullptr;
    p.ldz = e_.target.ld;
    p.parameter = e_.parameter();
    multiply(f, p);
  }

  void backward(const Frame<T>& f) const override {
    const WeightGradient<T> whole = weight_gradient(outputs_of(f, e_.source()), stride_of(f, e_.source()), f, f);
    for_product_parts(f.threads, whole.depth, whole.rows, whole.columns, [&](const ProductPart& part) {
      WeightGradient<T> w = whole;
      w.depth = part.rows;
      w.columns = part.columns;
      w.a += part.row;
      w.d += part.column;
      w.g += part.row * w.ldg + part.column;
      w.g_bias = w.g_bias && part.row == 0 ? w.g_bias + part.column : nullptr;
      e_.k->weight_gradient(w);
    });
    e_.apply_mask(f);
    if (!e_.reading.wanted) return;
    if (way_.turns_rows) return back_by_turned_rows(f);
    Product<T> p = back(f, f, f);
    p.adds = e_.reading.adds;
    p.slope = e_.source_slope();
    p.s = f.arena + e_.source().z;
    p.lds = e_.source().ld;
    p.parameter = e_.source_parameter();
    multiply(f, p);
  }

  // ẏ = ẋ·W + x·Ẇ + ḃ
  void tangent(const Frame<T>& f, const Frame<T>& dot) const override {
    T* const c = dot.arena + e_.target.a;
    const T* const moves = outputs_of(dot, e_.source());
    if (!moves && !dot.parameters) std::fill_n(c, numbers_of(f, e_.target), T{0});
    if (moves) {
      Product<T> p = times_weights(moves, stride_of(dot, e_.source()), f);
      p.bias = e_.bias(dot);
      p.c = c;
      e_.k->product(p);
    }
    if (!dot.parameters) return;
    Product<T> p = times_weights(outputs_of(f, e_.source()), stride_of(f, e_.source()), dot);
    p.rows = f.rows;
    p.adds = moves != nullptr;
    p.bias = moves ? nullptr : e_.bias(dot);
    p.c = c;
    e_.k->product(p);
  }

  // The tangents of dW = xᵀ·d, db = Σ d and dx = d·Wᵀ.
  void tangent_of_backward(const Frame<T>& f, const Frame<T>& dot) const override {
    e_.k->weight_gradient(weight_gradient(outputs_of(f, e_.source()), stride_of(f, e_.source()), dot, dot));
    if (const T* const moves = outputs_of(dot, e_.source())) {
      WeightGradient<T> w = weight_gradient(moves, stride_of(dot, e_.source()), f, dot);
      w.adds = true;
      w.g_bias = nullptr;
      e_.k->weight_gradient(w);
    }
    e_.apply_mask(dot);
    if (!e_.reading.wanted) return;
    Product<T> p = back(dot, f, dot);
    p.adds = e_.reading.adds;
    e_.k->product(p);
    if (!dot.parameters) return;
    p = back(f, dot, dot);
    p.adds = true;
    e_.k->product(p);
  }

  [[nodiscard]] const DenseLink* dense_link() const override { return &e_; }

 private:
  [[nodiscard]] Product<T> times_weights(const T* a, std::size_t lda, const Frame<T>& weights) const {
    return {.rows = weights.rows,
            .depth = e_.source().units,
            .columns = e_.target.units,
            .a = a,
            .lda = lda,
            .b = weights.parameters + e_.weights.weight,
            .ldb = e_.weights.weight_ld,
            .ldc = e_.target.ld};
  }
  [[nodiscard]] WeightGradient<T> weight_gradient(const T* a, std::size_t lda, const Frame<T>& d,
                                                  const Frame<T>& to) const {
    return {.rows = d.rows,
            .depth = e_.source().units,
            .columns = e_.target.units,
            .a = a,
            .lda = lda,
            .d = d.arena + e_.target.d,
            .ldd = e_.target.ld,
            .g = to.gradient + e_.weights.weight,
            .ldg = e_.weights.weight_ld,
            .g_bias = e_.bias_gradient(to)};
  }
  void multiply(const Frame<T>& f, const Product<T>& whole) const {
    if (f.threads <= 1) return e_.k->product(whole);
    for_product_parts(f.threads, whole.rows, whole.depth, whole.columns, [&](const ProductPart& part) {
      const auto moved = [&](auto* x, std::size_t ld) { return x ? x + part.row * ld + part.column : x; };
      Product<T> p = whole;
      p.rows = part.rows;
      p.columns = part.columns;
      p.a += part.row * p.lda;
      p.b += part.column;
      p.bias = moved(p.bias, 0);
      p.c = moved(p.c, p.ldc);
      p.z = moved(p.z, p.ldz);
      p.s = moved(p.s, p.lds);
      e_.k->product(p);
    });
  }
  void back_by_turned_rows(const Frame<T>& f) const {
    const Value &x = e_.source(), &y = e_.target;
    T *const d = f.arena + way_.d, *const result = f.arena + way_.result;
    const std::size_t ld = padded<T>(f.rows);
    turn_over(f.threads, {.rows = f.rows, .columns = y.units, .x = f.arena + y.d, .ld = y.ld}, d, ld);
    multiply(f, {.rows = x.units,
                 .depth = y.units,
                 .columns = f.rows,
                 .a = f.parameters + e_.weights.weight,
                 .lda = e_.weights.weight_ld,
                 .b = d,
                 .ldb = ld,
                 .c = result,
                 .ldc = ld});
    turn_over(f.threads, {.rows = x.units, .columns = f.rows, .x = result, .ld = ld}, f.arena + x.d, x.ld);
    finish_reading(f, e_.reading);
  }
  void turn_over(unsigned threads, const Rows<T>& from, T* to, std::size_t ldto) const {
    constexpr std::size_t kReadsAndWrites = 32;  // a number moved takes about as long as so many multiply-adds
    for_product_parts(threads, kReadsAndWrites, from.rows, from.columns, [&](const ProductPart& part) {
      if (part.row > 0) return;  // cut by columns, or not at all
      e_.k->transpose(from.x + part.column, from.rows, part.columns, from.ld, to + part.column * ldto, ldto);
    });
  }
  [[nodiscard]] Product<T> back(const Frame<T>& d, const Frame<T>& weights, const Frame<T>& to) const {
    return {.rows = d.rows,
            .depth = e_.target.units,
            .columns = e_.source().units,
            .a = d.arena + e_.target.d,
            .lda = e_.target.ld,
            .b = weights.transposed + way_.transposed,
            .ldb = padded<T>(e_.source().units),
            .c = to.arena + e_.source().d,
            .ldc = e_.source().ld};
  }

  Ends<T> e_;
  WayBack way_;
};

template <class T>
class NarrowStep final : public Step<T> {
 public:
  explicit NarrowStep(const Ends<T>& ends) : e_(ends) {}

  void forward(const Frame<T>& f) const override {
    Narrow<T> n = times_weights(outputs_of(f, e_.source()), stride_of(f, e_.source()), f);
    n.bias = e_.bias(f);
    n.y = f.arena + e_.target.a;
    n.value = e_.value();
    n.z = e_.keeps_z() ? f.arena + e_.target.z : nullptr;
    n.parameter = e_.parameter();
    e_.k->narrow_forward(n);
  }

  void backward(const Frame<T>& f) const override {
    NarrowGradient<T> n = gradient(outputs_of(f, e_.source()), stride_of(f, e_.source()), f, f, f);
    n.adds = e_.reading.adds;
    n.slope = e_.reading.wanted ? e_.source_slope() : nullptr;
    n.s = f.arena + e_.source().z;
    n.lds = e_.source().ld;
    n.parameter = e_.source_parameter();
    e_.k->narrow_gradient(n);
    e_.apply_mask(f);
  }

  void tangent(const Frame<T>& f, const Frame<T>& dot) const override {
    T* const y = dot.arena + e_.target.a;
    const T* const moves = outputs_of(dot, e_.source());
    if (!moves && !dot.parameters) std::fill_n(y, numbers_of(f, e_.target), T{0});
    if (moves) {
      Narrow<T> n = times_weights(moves, stride_of(dot, e_.source()), f);
      n.bias = e_.bias(dot);
      n.y = y;
      e_.k->narrow_forward(n);
    }
    if (!dot.parameters) return;
    Narrow<T> n = times_weights(outputs_of(f, e_.source()), stride_of(f, e_.source()), dot);
    n.rows = f.rows;
    n.adds = moves != nullptr;
    n.bias = moves ? nullptr : e_.bias(dot);
    n.y = y;
    e_.k->narrow_forward(n);
  }

  void tangent_of_backward(const Frame<T>& f, const Frame<T>& dot) const override {
    NarrowGradient<T> n = gradient(outputs_of(f, e_.source()), stride_of(f, e_.source()), dot, f, dot);
    n.adds = e_.reading.adds;
    e_.k->narrow_gradient(n);
    const T* const moves = outputs_of(dot, e_.source());
    if (moves || dot.parameters) {
      // Either part may be zero: then its factor, all of it, must not be read.
      n = gradient(moves ? moves : outputs_of(f, e_.source()), stride_of(moves ? dot : f, e_.source()), f,
                   dot.parameters ? dot : f, dot);
      n.adds = n.adds_gradient = true;
      n.g_bias = nullptr;
      if (!moves) n.g = nullptr;
      if (!dot.parameters) n.dx = nullptr;
      e_.k->narrow_gradient(n);
    }
    e_.apply_mask(dot);
  }

  [[nodiscard]] const DenseLink* dense_link() const override { return &e_; }

 private:
  [[nodiscard]] Narrow<T> times_weights(const T* x, std::size_t ldx, const Frame<T>& weights) const {
    return {.rows = weights.rows,
            .inputs = e_.source().units,
            .outputs = e_.target.units,
            .x = x,
            .ldx = ldx,
            .w = weights.parameters + e_.weights.weight,
            .ldw = e_.weights.weight_ld,
            .ldy = e_.target.ld};
  }
  [[nodiscard]] NarrowGradient<T> gradient(const T* x, std::size_t ldx, const Frame<T>& d, const Frame<T>& weights,
                                           const Frame<T>& to) const {
    return {.rows = d.rows,
            .inputs = e_.source().units,
            .outputs = e_.target.units,
            .x = x,
            .ldx = ldx,
            .d = d.arena + e_.target.d,
            .ldd = e_.target.ld,
            .w = weights.parameters + e_.weights.weight,
            .ldw = e_.weights.weight_ld,
            .g = to.gradient + e_.weights.weight,
            .g_bias = e_.bias_gradient(to),
            .dx = e_.reading.wanted ? to.arena + e_.source().d : nullptr,
            .lddx = e_.source().ld};
  }

  Ends<T> e_;
};

template <class T>
WayBack choose_way_back(PlanBuilder<T>& builder, const Reading& source, const Value& target) {
  const std::size_t x = source.value.units, y = target.units, rows = padded<T>(builder.capacity());
  if (!source.wanted) return {};
  if (builder.use() == PlanUse::kTraining && !source.adds && rows * (x + y) < x * y) {
    return {.turns_rows = true, .d = builder.add_scratch(y * rows), .result = builder.add_scratch(x * rows)};
  }
  return {.transposed = builder.add_transposed(y * padded<T>(x))};
}

}  // namespace

template <class T>
DenseWeights add_dense_weights(PlanBuilder<T>& builder, const std::string& name, std::size_t outputs,
                               std::size_t inputs, InitRule init, bool has_bias) {
  ParameterLayout& layout = builder.layout();
  DenseWeights w{.has_bias = has_bias, .narrow = is_narrow(inputs, outputs)};
  w.weight = layout.add_weight(name + ".weight", outputs, inputs, !w.narrow, init, kLanes<T>);
  w.weight_ld = padded<T>(w.narrow ? inputs : outputs);
  if (has_bias) w.bias = layout.add_bias(name + ".bias", outputs, kLanes<T>);
  return w;
}

template <class T>
void add_dense_step(PlanBuilder<T>& builder, const DenseWeights& weights, const Reading& source, const Value& target) {
  if (add_sparse_step(builder, weights, source, target)) return;
  Ends<T> ends{
      {.reading = source, .target = target, .weights = weights}, AlignedVector<T>(weights.mask.size()), &kernels<T>()};
  std::transform(weights.mask.begin(), weights.mask.end(), ends.mask.begin(), [](bool b) { return b ? T{1} : T{0}; });
  if (weights.narrow) {
    builder.add_step(std::make_unique<NarrowStep<T>>(ends));
  } else {
    builder.add_step(std::make_unique<WideStep<T>>(ends, choose_way_back(builder, source, target)));
  }
}

template DenseWeights add_dense_weights(PlanBuilder<float>&, const std::string&, std::size_t, std::size_t, InitRule,
                                        bool);
template DenseWeights add_dense_weights(PlanBuilder<double>&, const std::string&, std::size_t, std::size_t, InitRule,
                                        bool);
template void add_dense_step(PlanBuilder<float>&, const DenseWeights&, const Reading&, const Value&);
template void add_dense_step(PlanBuilder<double>&, const DenseWeights&, const Reading&, const Value&);

}  // namespace ffwd
