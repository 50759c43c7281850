#include "plan/columns_step.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "plan/values.h"

namespace ffwd {
namespace {

template <class T>
class ColumnsStep final : public Step<T> {
 public:
  ColumnsStep(std::vector<Columns> parts, const Value& target) : parts_(std::move(parts)), target_(target) {}

  void forward(const Frame<T>& f) const override { gather(f); }
  void backward(const Frame<T>& f) const override { hand_back_columns(f); }
  void tangent(const Frame<T>& /*f*/, const Frame<T>& dot) const override { gather(dot); }
  void tangent_of_backward(const Frame<T>& /*f*/, const Frame<T>& dot) const override { hand_back_columns(dot); }

 private:
  void gather(const Frame<T>& f) const {
    T* to = f.arena + target_.a;
    for (const Columns& part : parts_) {
      if (const T* from = outputs_of(f, part.reading.value)) {
        k_.copy_columns(f.rows, part.count, from + part.first, stride_of(f, part.reading.value), to, target_.ld, false);
      } else {  // an input without tangents
        for (std::size_t n = 0; n < f.rows; ++n) std::fill_n(to + n * target_.ld, part.count, T{0});
      }
      to += part.count;
    }
  }

  void hand_back_columns(const Frame<T>& f) const {
    const T* from = f.arena + target_.d + target_.units;
    for (auto part = parts_.rbegin(); part != parts_.rend(); ++part) {
      from -= part->count;
      const Value& v = part->reading.value;
      if (!part->reading.wanted) continue;
      T* const to = f.arena + v.d;
      const bool whole = part->count == v.units;
      if (!whole && !part->reading.adds) std::fill_n(to, numbers_of(f, v), T{0});
      k_.copy_columns(f.rows, part->count, from, target_.ld, to + part->first, v.ld, part->reading.adds || !whole);
      finish_reading(f, part->reading);
    }
  }

  const Kernels<T>& k_ = kernels<T>();
  std::vector<Columns> parts_;
  Value target_;
};

}  // namespace

template <class T>
Value add_columns_step(PlanBuilder<T>& builder, std::vector<Columns> parts) {
  std::size_t units = 0;
  for (const Columns& part : parts) units += part.count;
  const Value target = builder.add_plain_value(units);
  builder.add_step(std::make_unique<ColumnsStep<T>>(std::move(parts), target));
  return target;
}

template Value add_columns_step(PlanBuilder<float>&, std::vector<Columns>);
template Value add_columns_step(PlanBuilder<double>&, std::vector<Columns>);

}  // namespace ffwd
