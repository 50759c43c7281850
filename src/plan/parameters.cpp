#include "plan/parameters.h"

#include <cassert>
#include <utility>

namespace ffwd {
namespace {

std::size_t round_up(std::size_t n, std::size_t lanes) { return (n + lanes - 1) / lanes * lanes; }

}  // namespace

std::size_t ParameterRange::n_values() const { return shape.size() == 2 ? shape[0] * shape[1] : shape[0]; }

std::size_t ParameterRange::stored() const {
  if (shape.size() == 1) return ld;
  return (transposed ? shape[1] : shape[0]) * ld;
}

std::size_t ParameterRange::position(std::size_t index) const {
  if (shape.size() == 1) return offset + index;
  const std::size_t output = index / shape[1], input = index % shape[1];
  return offset + (transposed ? input * ld + output : output * ld + input);
}

std::size_t ParameterLayout::add_weight(std::string name, std::size_t outputs, std::size_t inputs, bool transposed,
                                        InitRule init, std::size_t lanes) {
  return add({.name = std::move(name),
              .shape = {outputs, inputs},
              .ld = round_up(transposed ? outputs : inputs, lanes),
              .transposed = transposed,
              .penalised = true,
              .init = init});
}

std::size_t ParameterLayout::add_bias(std::string name, std::size_t outputs, std::size_t lanes) {
  return add({.name = std::move(name), .shape = {outputs}, .ld = round_up(outputs, lanes)});
}

std::size_t ParameterLayout::add(ParameterRange range) {
  range.offset = size_;
  size_ += range.stored();
  ranges_.push_back(std::move(range));
  return ranges_.back().offset;
}

std::size_t ParameterLayout::n_values() const {
  std::size_t count = 0;
  for (const ParameterRange& range : ranges_) count += range.n_values();
  return count;
}

template <class T>
void ParameterLayout::read(const ParameterRange& range, const T* parameters, std::span<T> values) const {
  assert(values.size() == range.n_values());
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = parameters[range.position(i)];
}

template <class T>
void ParameterLayout::write(const ParameterRange& range, std::span<const T> values, T* parameters) const {
  assert(values.size() == range.n_values());
  for (std::size_t i = 0; i < values.size(); ++i) parameters[range.position(i)] = values[i];
}

template void ParameterLayout::read(const ParameterRange&, const float*, std::span<float>) const;
template void ParameterLayout::read(const ParameterRange&, const double*, std::span<double>) const;
template void ParameterLayout::write(const ParameterRange&, std::span<const float>, float*) const;
template void ParameterLayout::write(const ParameterRange&, std::span<const double>, double*) const;

}  // namespace ffwd
