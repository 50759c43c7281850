#include "plan/values.h"

#include <algorithm>

namespace ffwd {

template <class T>
void finish_reading(const Frame<T>& f, const Reading& reading) {
  const Value& v = reading.value;
  if (!reading.last) return;
  if (const UnitSlope<T> slope = kernels<T>().unit_slope[v.unit->index]) {
    slope(f.arena + v.d, v.ld, f.arena + v.z, v.ld, f.rows, v.units, static_cast<T>(v.unit_parameter));
  }
}

template <class T>
void hand_back(const Frame<T>& f, const Reading& reading, const T* d) {
  if (!reading.wanted) return;
  T* const to = f.arena + reading.value.d;
  if (reading.adds) {
    kernels<T>().add_scaled(numbers_of(f, reading.value), T{1}, d, to);
  } else {
    std::copy_n(d, numbers_of(f, reading.value), to);
  }
  finish_reading(f, reading);
}

template void finish_reading(const Frame<float>&, const Reading&);
template void finish_reading(const Frame<double>&, const Reading&);
template void hand_back(const Frame<float>&, const Reading&, const float*);
template void hand_back(const Frame<double>&, const Reading&, const double*);

}  // namespace ffwd
