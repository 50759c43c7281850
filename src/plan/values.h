// How steps find the numbers of the values they read and write.
#pragma once

#include <cstddef>

#include "plan/plan.h"

namespace ffwd {

/// What the value's unit gave, [rows, units]; null where a frame of tangents has none for the input.
template <class T>
const T* outputs_of(const Frame<T>& f, const Value& value) {
  return value.is_input ? f.input : f.arena + value.a;
}

template <class T>
std::size_t stride_of(const Frame<T>& f, const Value& value) {
  return value.is_input ? f.input_ld : value.ld;
}

/// Numbers of the value in this pass, padding included: whole blocks, so that kernels can take them as one row.
template <class T>
std::size_t numbers_of(const Frame<T>& f, const Value& value) {
  return padded<T>(f.rows * value.ld);
}

/// The value as a matrix; not of the input, whose stride is the frame's.
template <class T>
Rows<T> rows_of(const Frame<T>& f, const Value& value, std::size_t offset) {
  return {.rows = f.rows, .columns = value.units, .x = f.arena + offset, .ld = value.ld};
}

/// Adds `d`, laid out as the value itself, to the derivative of the value read, or puts it there.
template <class T>
void hand_back(const Frame<T>& f, const Reading& reading, const T* d);

/// The last reader's duty: the sum of what all have handed back, times the slope of the value's unit.
template <class T>
void finish_reading(const Frame<T>& f, const Reading& reading);

/// The reading of the part `k` of `n` steps that share it: the last of them is the first backward.
[[nodiscard]] inline Reading part_of(Reading reading, std::size_t k, std::size_t n) {
  reading.adds = reading.adds || k + 1 != n;
  reading.last = reading.last && k == 0;
  return reading;
}

}  // namespace ffwd
