// add: y = Σ sources, as skip connections are joined. He et al. (2016), "Deep residual learning".
#include <algorithm>
#include <memory>

#include "network/layer.h"
#include "plan/values.h"

namespace ffwd {
namespace {

template <class T>
class AddStep final : public Step<T> {
 public:
  AddStep(std::span<const Reading> sources, const Value& target)
      : sources_(sources.begin(), sources.end()), target_(target) {}

  void forward(const Frame<T>& f) const override { sum(f); }
  void backward(const Frame<T>& f) const override { share(f); }
  void tangent(const Frame<T>& /*f*/, const Frame<T>& dot) const override { sum(dot); }
  void tangent_of_backward(const Frame<T>& /*f*/, const Frame<T>& dot) const override { share(dot); }

 private:
  void sum(const Frame<T>& f) const {
    const std::size_t n = numbers_of(f, target_);
    T* const y = f.arena + target_.a;
    std::copy_n(f.arena + sources_[0].value.a, n, y);
    for (std::size_t k = 1; k < sources_.size(); ++k) {
      kernels<T>().add_scaled(n, T{1}, f.arena + sources_[k].value.a, y);
    }
  }
  void share(const Frame<T>& f) const {
    for (auto s = sources_.rbegin(); s != sources_.rend(); ++s) hand_back(f, *s, f.arena + target_.d);
  }

  std::vector<Reading> sources_;
  Value target_;
};

template <class T>
Value lower(PlanBuilder<T>& builder, const LayerSpec& /*layer*/, std::span<const Reading> sources,
            bool /*feeds_loss*/) {
  const Value target = builder.add_plain_value(sources[0].value.units);
  builder.add_step(std::make_unique<AddStep<T>>(sources, target));
  return target;
}

}  // namespace

extern constinit const LayerRow add_row{
    .name = "add",
    .summary = "y = unit(the sum of the sources)",
    .source = "He et al. 2016",
    .joins = false,
    .lower_f32 = lower<float>,
    .lower_f64 = lower<double>,
};

}  // namespace ffwd
