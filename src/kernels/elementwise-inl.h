// What layers other than dense ones are put together from: products and choices element by element, and sums along rows
// and columns. Formulas: kernels.h. All of them keep the zeros of the padding.
#if defined(FFWD_KERNELS_ELEMENTWISE_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef FFWD_KERNELS_ELEMENTWISE_INL_H
#undef FFWD_KERNELS_ELEMENTWISE_INL_H
#else
#define FFWD_KERNELS_ELEMENTWISE_INL_H
#endif

#include <cassert>
#include <cstddef>

#include "kernels/block-inl.h"
#include "kernels/kernels.h"

HWY_BEFORE_NAMESPACE();
namespace ffwd {
namespace HWY_NAMESPACE {

template <class T>
void multiply_elements(std::size_t n, const T* x, const T* y, T* out, bool adds) {
  assert(n % kLanes<T> == 0);
  const Tag<T> d;
  for (std::size_t i = 0; i < n; i += kVectorLanes<T>) {
    const auto before = adds ? hn::Load(d, out + i) : hn::Zero(d);
    hn::Store(hn::MulAdd(hn::Load(d, x + i), hn::Load(d, y + i), before), d, out + i);
  }
}

template <class T>
void choose(std::size_t n, const T* x, const T* y, const T* a, const T* b, T* out) {
  assert(n % kLanes<T> == 0);
  const Tag<T> d;
  const auto at = [&](const T* from, std::size_t i) HWY_ATTR { return from ? hn::Load(d, from + i) : hn::Zero(d); };
  for (std::size_t i = 0; i < n; i += kVectorLanes<T>) {
    hn::Store(hn::IfThenElse(hn::Gt(at(x, i), at(y, i)), at(a, i), at(b, i)), d, out + i);
  }
}

template <class T>
void scale_columns(const Rows<T>& r, const T* w, T* out, bool adds) {
  for (std::size_t n = 0; n < r.rows; ++n) multiply_elements(r.ld, r.x + n * r.ld, w, out + n * r.ld, adds);
}

template <class T>
void add_to_columns(std::size_t rows, std::size_t ld, const T* w, T* out) {
  const Tag<T> d;
  for (std::size_t n = 0; n < rows; ++n, out += ld) {
    for (std::size_t i = 0; i < ld; i += kVectorLanes<T>) {
      hn::Store(hn::Add(hn::Load(d, out + i), hn::Load(d, w + i)), d, out + i);
    }
  }
}

template <class T>
void sum_columns(const Rows<T>& r, const T* y, T* out, bool adds) {
  const Tag<T> d;
  for (std::size_t i = 0; i < r.ld; i += kVectorLanes<T>) {
    auto sum = adds ? hn::Load(d, out + i) : hn::Zero(d);
    for (std::size_t n = 0; n < r.rows; ++n) {
      const auto x = hn::Load(d, r.x + n * r.ld + i);
      sum = y ? hn::MulAdd(x, hn::Load(d, y + n * r.ld + i), sum) : hn::Add(sum, x);
    }
    hn::Store(sum, d, out + i);
  }
}

/// ⟨p, x⟩ over one row; p null is all ones. The padding of x is zero.
template <class T>
T row_dot(std::size_t ld, const T* p, const T* x) {
  const Tag<T> d;
  auto sum = filled_block(T{0});
  for (std::size_t i = 0; i < ld; i += kLanes<T>) {
    unroll<kBlockVectors<T>>([&](auto v) HWY_ATTR {
      const std::size_t at = i + v * kVectorLanes<T>;
      const auto value = hn::Load(d, x + at);
      sum.v[v] = p ? hn::MulAdd(hn::Load(d, p + at), value, sum.v[v]) : hn::Add(sum.v[v], value);
    });
  }
  return tree_sum(sum);
}

template <class T>
void row_dots(const Rows<T>& r, const T* p, T factor, T* out) {
  for (std::size_t n = 0; n < r.rows; ++n) out[n] = factor * row_dot(r.ld, p ? p + n * r.ld : nullptr, r.x + n * r.ld);
}

template <class T>
void scale_rows(const Rows<T>& r, const T* factor, T* out, bool adds) {
  const Tag<T> d;
  for (std::size_t n = 0; n < r.rows; ++n) {
    const auto f = hn::Set(d, factor[n]);
    for (std::size_t i = n * r.ld; i < (n + 1) * r.ld; i += kVectorLanes<T>) {
      const auto before = adds ? hn::Load(d, out + i) : hn::Zero(d);
      hn::Store(hn::MulAdd(f, hn::Load(d, r.x + i), before), d, out + i);
    }
  }
}

template <class T>
void project(const Rows<T>& r, const T* p, const T* q, T factor, T* out) {
  const Tag<T> d;
  for (std::size_t n = 0; n < r.rows; ++n) {
    const std::size_t row = n * r.ld;
    const auto f = hn::Set(d, factor * row_dot(r.ld, p ? p + row : nullptr, r.x + row));
    for (std::size_t c = 0; c < r.columns; c += kVectorLanes<T>) {
      const auto there = hn::IfThenElseZero(first_lanes(d, r.columns - c), f);
      const auto before = hn::Load(d, out + row + c);
      hn::Store(q ? hn::MulAdd(there, hn::Load(d, q + row + c), before) : hn::Add(before, there), d, out + row + c);
    }
  }
}

template <class T>
void copy_columns(std::size_t rows, std::size_t columns, const T* from, std::size_t ldf, T* to, std::size_t ldt,
                  bool adds) {
  const Tag<T> d;
  constexpr std::size_t kN = kVectorLanes<T>;
  for (std::size_t n = 0; n < rows; ++n, from += ldf, to += ldt) {
    std::size_t c = 0;
    for (; c + kN <= columns; c += kN) {
      const auto x = hn::LoadU(d, from + c);
      hn::StoreU(adds ? hn::Add(x, hn::LoadU(d, to + c)) : x, d, to + c);
    }
    for (; c < columns; ++c) to[c] = adds ? to[c] + from[c] : from[c];  // what stands behind is not ours
  }
}

/// Two passes: the mean first, so that the variance of numbers far from zero keeps its digits.
template <class T>
void standardise_rows(const Rows<T>& r, T epsilon, T* out, T* inverse_sd) {
  const Tag<T> d;
  const T share = T{1} / static_cast<T>(r.columns);
  for (std::size_t n = 0; n < r.rows; ++n) {
    const T* x = r.x + n * r.ld;
    T* const y = out + n * r.ld;
    const auto mean = hn::Set(d, share * row_dot<T>(r.ld, nullptr, x));
    for (std::size_t c = 0; c < r.ld; c += kVectorLanes<T>) {
      const auto there = first_lanes(d, r.columns - std::min(r.columns, c));
      hn::Store(hn::IfThenElseZero(there, hn::Sub(hn::Load(d, x + c), mean)), d, y + c);
    }
    const T variance = share * row_dot<T>(r.ld, y, y);
    inverse_sd[n] = T{1} / hn::GetLane(hn::Sqrt(hn::Set(d, variance + epsilon)));
    const auto factor = hn::Set(d, inverse_sd[n]);
    for (std::size_t c = 0; c < r.ld; c += kVectorLanes<T>) hn::Store(hn::Mul(factor, hn::Load(d, y + c)), d, y + c);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace ffwd
HWY_AFTER_NAMESPACE();

#endif
