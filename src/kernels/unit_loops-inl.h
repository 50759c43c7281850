// The loops that apply a unit, its slope or its curve to a matrix, as UnitValue, UnitSlope and UnitCurve (kernels.h)
// ask.
#if defined(FFWD_KERNELS_UNIT_LOOPS_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef FFWD_KERNELS_UNIT_LOOPS_INL_H
#undef FFWD_KERNELS_UNIT_LOOPS_INL_H
#else
#define FFWD_KERNELS_UNIT_LOOPS_INL_H
#endif

#include <cstddef>
#include <type_traits>

#include "kernels/block-inl.h"
#include "kernels/units-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ffwd {
namespace HWY_NAMESPACE {

/// A unit and its slope on one vector, of units with and without a parameter alike.
template <class Unit, class D, class V>
HWY_INLINE V unit_value(D d, V z, V parameter) {
  if constexpr (std::is_same_v<Unit, Identity>)
    return z;
  else if constexpr (has_parameter<Unit>())
    return Unit::value(d, z, parameter);
  else
    return Unit::value(d, z);
}
template <class Unit, class D, class V>
HWY_INLINE V unit_slope(D d, V s, V parameter) {
  if constexpr (std::is_same_v<Unit, Identity>)
    return hn::Set(d, hn::TFromD<D>{1});
  else if constexpr (has_parameter<Unit>())
    return Unit::slope(d, s, parameter);
  else
    return Unit::slope(d, s);
}

template <class Unit, class T>
void apply_unit(const T* z, std::size_t ldz, T* a, std::size_t lda, std::size_t rows, std::size_t columns,
                T parameter) {
  const Tag<T> d;
  const auto p = hn::Set(d, parameter);
  const auto value = [&](const T* at) HWY_ATTR { return unit_value<Unit>(d, hn::Load(d, at), p); };
  constexpr std::size_t kN = kVectorLanes<T>;
  if (columns == ldz && columns == lda) {  // without gaps between its rows a matrix is one long row
    columns *= rows;
    rows = rows > 0 ? 1 : 0;
  }
  for (std::size_t r = 0; r < rows; ++r, z += ldz, a += lda) {
    std::size_t c = 0;
    for (; c + kN <= columns; c += kN) hn::Store(value(z + c), d, a + c);
    if (c < columns) {
      hn::Store(hn::IfThenElseZero(first_lanes(d, columns - c), value(z + c)), d, a + c);
      c += kN;
    }
    for (; c < padded<T>(columns); c += kN) hn::Store(hn::Zero(d), d, a + c);
  }
}

/// gradient[rows, columns] *= factor(s), over whole vectors.
template <class T, class Factor>
HWY_INLINE void scale_by(T* gradient, std::size_t ldd, const T* s, std::size_t lds, std::size_t rows,
                         std::size_t columns, const Factor& factor) {
  const Tag<T> d;
  if (columns == ldd && columns == lds) {
    columns *= rows;
    rows = rows > 0 ? 1 : 0;
  }
  for (std::size_t r = 0; r < rows; ++r, gradient += ldd, s += lds) {
    for (std::size_t c = 0; c < columns; c += kVectorLanes<T>) {
      hn::Store(hn::Mul(hn::Load(d, gradient + c), factor(hn::Load(d, s + c))), d, gradient + c);
    }
  }
}

template <class Unit, class T>
void apply_slope(T* gradient, std::size_t ldd, const T* s, std::size_t lds, std::size_t rows, std::size_t columns,
                 T parameter) {
  const Tag<T> d;
  const auto p = hn::Set(d, parameter);
  scale_by(gradient, ldd, s, lds, rows, columns, [&](auto v) HWY_ATTR { return unit_slope<Unit>(d, v, p); });
}

template <class Unit, class T>
void apply_curve(T* gradient, std::size_t ldd, const T* z, std::size_t ldz, std::size_t rows, std::size_t columns,
                 T parameter) {
  const Tag<T> d;
  const auto p = hn::Set(d, parameter);
  scale_by(gradient, ldd, z, ldz, rows, columns, [&](auto v) HWY_ATTR {
    if constexpr (has_parameter<Unit>())
      return Unit::curve(d, v, p);
    else
      return Unit::curve(d, v);
  });
}

}  // namespace HWY_NAMESPACE
}  // namespace ffwd
HWY_AFTER_NAMESPACE();

#endif
