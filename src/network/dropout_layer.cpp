// dropout: while training each number is zero with probability `rate` and else divided by 1 − rate, so that its mean
// stays; otherwise y = x. Srivastava et al. (2014), section 10 ("inverted").
//
// Whether a number is dropped depends on seed, epoch, row of the data set and place, not on batches or threads.
#include <algorithm>
#include <cmath>
#include <memory>

#include "core/philox.h"
#include "network/layer.h"
#include "plan/values.h"

namespace ffwd {
namespace {

constexpr LayerOption kOptions[] = {{.name = "rate",
                                     .summary = "share of the numbers that are zero in each step",
                                     .usual = 0.5,
                                     .low = 0,
                                     .high = 0.99}};

template <class T>
class DropoutStep final : public Step<T> {
 public:
  DropoutStep(const Reading& source, const Value& target, std::size_t mask, double rate, std::uint64_t stream)
      : reading_(source), target_(target), mask_(mask), stream_(stream) {
    limit_ = static_cast<std::uint32_t>(std::min(rate * 0x1p32, 0x1p32 - 1));
    kept_ = static_cast<T>(1 / (1 - rate));
  }

  void forward(const Frame<T>& f) const override {
    if (f.row_numbers != nullptr) draw(f);
    pass(f, f.arena + reading_.value.a, f.arena + target_.a);
  }
  void backward(const Frame<T>& f) const override { back(f, f); }
  void tangent(const Frame<T>& f, const Frame<T>& dot) const override {
    pass(f, dot.arena + reading_.value.a, dot.arena + target_.a);
  }
  void tangent_of_backward(const Frame<T>& f, const Frame<T>& dot) const override { back(f, dot); }

 private:
  void draw(const Frame<T>& f) const {
    const Philox random(f.seed, Purpose::kDropout);
    for (std::size_t n = 0; n < f.rows; ++n) {
      T* const mask = f.arena + mask_ + n * target_.ld;
      const std::uint64_t row = stream_ << 52 | std::uint64_t{f.row_numbers[n]} << 20;
      for (std::size_t c = 0; c < target_.units; c += 4) {
        const auto bits = random.pair(f.epoch, row | c / 4);
        const std::uint32_t words[4] = {static_cast<std::uint32_t>(bits[0]), static_cast<std::uint32_t>(bits[0] >> 32),
                                        static_cast<std::uint32_t>(bits[1]), static_cast<std::uint32_t>(bits[1] >> 32)};
        for (std::size_t k = 0; k < std::min<std::size_t>(4, target_.units - c); ++k) {
          mask[c + k] = words[k] < limit_ ? T{0} : kept_;
        }
      }
    }
  }
  void pass(const Frame<T>& f, const T* from, T* to) const {
    const std::size_t n = numbers_of(f, target_);
    if (f.row_numbers == nullptr) {
      if (from != to) std::copy_n(from, n, to);
    } else {
      kernels<T>().multiply(n, from, f.arena + mask_, to, false);
    }
  }
  void back(const Frame<T>& f, const Frame<T>& of) const {
    T* const d = of.arena + target_.d;
    pass(f, d, d);
    hand_back(of, reading_, d);
  }

  Reading reading_;
  Value target_;
  std::size_t mask_;
  std::uint64_t stream_;
  std::uint32_t limit_;
  T kept_;
};

template <class T>
Value lower(PlanBuilder<T>& builder, const LayerSpec& layer, std::span<const Reading> sources, bool /*feeds_loss*/) {
  const Value target = builder.add_plain_value(layer.size);
  const std::size_t mask = builder.add_scratch(builder.capacity() * target.ld);
  builder.add_step(
      std::make_unique<DropoutStep<T>>(sources[0], target, mask, option_of(layer, kOptions[0]), builder.add_stream()));
  return target;
}

}  // namespace

extern constinit const LayerRow dropout_row{
    .name = "dropout",
    .summary = "while training zero with probability rate, else x / (1 − rate); otherwise x",
    .source = "Srivastava et al. 2014",
    .size = LayerSize::kSum,
    .is_word = true,
    .varies = Varies::kByChance,
    .options = kOptions,
    .lower_f32 = lower<float>,
    .lower_f64 = lower<double>,
};

}  // namespace ffwd
