#include "plan/dense_step.h"

namespace ffwd {
namespace {

template <class T>
const T* input_of(const Frame<T>& frame, const Value& value) {
  return value.is_input ? frame.input : frame.arena + value.a;
}

template <class T>
std::size_t input_stride(const Frame<T>& frame, const Value& value) {
  return value.is_input ? frame.input_ld : value.ld;
}

// What the kernels need of a layer's two ends and parameters.
template <class T>
struct Ends {
  Value source, target;
  std::size_t weight = 0, bias = 0, weight_ld = 0;
  const Kernels<T>* k = nullptr;

  [[nodiscard]] UnitValue<T> value() const { return k->unit_value[target.unit->index]; }
  // The slope of the unit that made the source: fused into the product that reaches it.
  [[nodiscard]] UnitSlope<T> source_slope() const { return k->unit_slope[source.unit->index]; }
  [[nodiscard]] T parameter() const { return static_cast<T>(target.unit_parameter); }
  [[nodiscard]] T source_parameter() const { return static_cast<T>(source.unit_parameter); }
  [[nodiscard]] bool keeps_z() const { return target.z != target.a; }
};

template <class T>
class WideStep final : public Step<T> {
 public:
  WideStep(const Ends<T>& ends, std::size_t transposed) : e_(ends), transposed_(transposed) {}

  void prepare(const T* parameters, T* transposed) const override {
    if (e_.source.is_input) return;
    e_.k->transpose(parameters + e_.weight, e_.source.units, e_.target.units, e_.weight_ld, transposed + transposed_,
                    e_.source.ld);
  }

  void forward(const Frame<T>& f) const override {
    e_.k->product({.rows = f.rows,
                   .depth = e_.source.units,
                   .columns = e_.target.units,
                   .a = input_of(f, e_.source),
                   .lda = input_stride(f, e_.source),
                   .b = f.parameters + e_.weight,
                   .ldb = e_.weight_ld,
                   .bias = f.parameters + e_.bias,
                   .c = f.arena + e_.target.a,
                   .ldc = e_.target.ld,
                   .value = e_.value(),
                   .z = e_.keeps_z() ? f.arena + e_.target.z : nullptr,
                   .ldz = e_.target.ld,
                   .parameter = e_.parameter()});
  }

  void backward(const Frame<T>& f) const override {
    const T* d = f.arena + e_.target.d;
    e_.k->weight_gradient({.rows = f.rows,
                           .depth = e_.source.units,
                           .columns = e_.target.units,
                           .a = input_of(f, e_.source),
                           .lda = input_stride(f, e_.source),
                           .d = d,
                           .ldd = e_.target.ld,
                           .g = f.gradient + e_.weight,
                           .ldg = e_.weight_ld,
                           .g_bias = f.gradient + e_.bias});
    if (e_.source.is_input) return;
    e_.k->product({.rows = f.rows,
                   .depth = e_.target.units,
                   .columns = e_.source.units,
                   .a = d,
                   .lda = e_.target.ld,
                   .b = f.transposed + transposed_,
                   .ldb = e_.source.ld,
                   .c = f.arena + e_.source.d,
                   .ldc = e_.source.ld,
                   .slope = e_.source_slope(),
                   .s = f.arena + e_.source.z,
                   .lds = e_.source.ld,
                   .parameter = e_.source_parameter()});
  }

 private:
  Ends<T> e_;
  std::size_t transposed_;
};

template <class T>
class NarrowStep final : public Step<T> {
 public:
  explicit NarrowStep(const Ends<T>& ends) : e_(ends) {}

  void forward(const Frame<T>& f) const override {
    e_.k->narrow_forward({.rows = f.rows,
                          .inputs = e_.source.units,
                          .outputs = e_.target.units,
                          .x = input_of(f, e_.source),
                          .ldx = input_stride(f, e_.source),
                          .w = f.parameters + e_.weight,
                          .ldw = e_.weight_ld,
                          .bias = f.parameters + e_.bias,
                          .y = f.arena + e_.target.a,
                          .ldy = e_.target.ld,
                          .value = e_.value(),
                          .z = e_.keeps_z() ? f.arena + e_.target.z : nullptr,
                          .parameter = e_.parameter()});
  }

  void backward(const Frame<T>& f) const override {
    const bool pass_on = !e_.source.is_input;
    e_.k->narrow_gradient({.rows = f.rows,
                           .inputs = e_.source.units,
                           .outputs = e_.target.units,
                           .x = input_of(f, e_.source),
                           .ldx = input_stride(f, e_.source),
                           .d = f.arena + e_.target.d,
                           .ldd = e_.target.ld,
                           .w = f.parameters + e_.weight,
                           .ldw = e_.weight_ld,
                           .g = f.gradient + e_.weight,
                           .g_bias = f.gradient + e_.bias,
                           .dx = pass_on ? f.arena + e_.source.d : nullptr,
                           .lddx = e_.source.ld,
                           .slope = pass_on ? e_.source_slope() : nullptr,
                           .s = pass_on ? f.arena + e_.source.z : nullptr,
                           .lds = e_.source.ld,
                           .parameter = e_.source_parameter()});
  }

 private:
  Ends<T> e_;
};

}  // namespace

template <class T>
void add_dense_step(PlanBuilder<T>& builder, const std::string& name, const Value& source, const Value& target) {
  const bool narrow = is_narrow(source.units, target.units);
  ParameterLayout& layout = builder.layout();
  Ends<T> ends{.source = source, .target = target, .k = &kernels<T>()};
  ends.weight = layout.add_weight(name + ".weight", target.units, source.units, !narrow, target.unit->init, kLanes<T>);
  ends.bias = layout.add_bias(name + ".bias", target.units, kLanes<T>);
  ends.weight_ld = padded<T>(narrow ? source.units : target.units);
  if (narrow) {
    builder.add_step(std::make_unique<NarrowStep<T>>(ends));
  } else {
    const std::size_t room = source.is_input ? 0 : target.units * source.ld;
    builder.add_step(std::make_unique<WideStep<T>>(ends, builder.add_transposed(room)));
  }
}

template void add_dense_step(PlanBuilder<float>&, const std::string&, const Value&, const Value&);
template void add_dense_step(PlanBuilder<double>&, const std::string&, const Value&, const Value&);

}  // namespace ffwd
