#include "plan/unit_step.h"

#include <algorithm>
#include <memory>

#include "plan/values.h"

namespace ffwd {
namespace {

template <class T>
class UnitStep final : public Step<T> {
 public:
  UnitStep(const UnitRow& unit, double parameter, const Reading& source, const Value& target, std::size_t scratch)
      : unit_(unit), parameter_(static_cast<T>(parameter)), reading_(source), target_(target), scratch_(scratch) {}

  void forward(const Frame<T>& f) const override {
    const Value& x = reading_.value;
    k_.unit_value[unit_.index](f.arena + x.a, x.ld, f.arena + target_.a, target_.ld, f.rows, x.units, parameter_);
  }

  void backward(const Frame<T>& f) const override {
    T* const d = f.arena + scratch_;
    std::copy_n(f.arena + target_.d, numbers_of(f, target_), d);
    times_slope(f, d);
    hand_back(f, reading_, d);
  }

  void tangent(const Frame<T>& f, const Frame<T>& dot) const override {
    T* const moves = dot.arena + target_.a;
    std::copy_n(dot.arena + reading_.value.a, numbers_of(f, target_), moves);
    times_slope(f, moves);
  }

  // dx = d·phi'(x), so its tangent is ḋ·phi'(x) + d·phi''(x)·ẋ.
  void tangent_of_backward(const Frame<T>& f, const Frame<T>& dot) const override {
    const Value& x = reading_.value;
    const std::size_t n = numbers_of(f, target_);
    T *const first = dot.arena + scratch_, *const second = f.arena + scratch_;
    std::copy_n(dot.arena + target_.d, n, first);
    times_slope(f, first);
    if (const UnitCurve<T> curve = k_.unit_curve[unit_.index]) {
      std::copy_n(f.arena + target_.d, n, second);
      curve(second, x.ld, f.arena + x.a, x.ld, f.rows, x.units, parameter_);
      k_.multiply(n, second, dot.arena + x.a, first, true);
    }
    hand_back(dot, reading_, first);
  }

 private:
  void times_slope(const Frame<T>& f, T* d) const {
    const std::size_t s = unit_.slope_from_output ? target_.a : reading_.value.a;
    k_.unit_slope[unit_.index](d, target_.ld, f.arena + s, target_.ld, f.rows, target_.units, parameter_);
  }

  const Kernels<T>& k_ = kernels<T>();
  const UnitRow& unit_;
  T parameter_;
  Reading reading_;
  Value target_;
  std::size_t scratch_;
};

}  // namespace

template <class T>
Value add_unit_step(PlanBuilder<T>& builder, const UnitRow& unit, double parameter, const Reading& source) {
  if (kernels<T>().unit_value[unit.index] == nullptr) return source.value;
  const Value target = builder.add_plain_value(source.value.units);
  const std::size_t scratch = builder.add_scratch(builder.capacity() * target.ld);
  builder.add_step(std::make_unique<UnitStep<T>>(unit, parameter, source, target, scratch));
  return target;
}

template Value add_unit_step(PlanBuilder<float>&, const UnitRow&, double, const Reading&);
template Value add_unit_step(PlanBuilder<double>&, const UnitRow&, double, const Reading&);

}  // namespace ffwd
