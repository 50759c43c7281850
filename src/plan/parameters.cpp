#include "plan/parameters.h"

#include <cassert>
#include <functional>
#include <numeric>
#include <utility>

namespace ffwd {
namespace {

std::size_t round_up(std::size_t n, std::size_t lanes) { return (n + lanes - 1) / lanes * lanes; }

}  // namespace

std::size_t ParameterRange::n_values() const {
  return std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>());
}

std::size_t ParameterRange::stored() const {
  if (!positions.empty()) return sparse_stored;
  std::size_t lines = n_values() / shape.back();
  if (matrix && transposed) lines = lines / shape[shape.size() - 2] * shape.back();
  return lines * ld;
}

std::size_t ParameterRange::position(std::size_t index) const {
  if (!positions.empty()) return offset + positions[index];
  const std::size_t line = index / shape.back(), place = index % shape.back();
  if (!matrix || !transposed) return offset + line * ld + place;
  const std::size_t outputs = shape[shape.size() - 2], piece = line / outputs, output = line % outputs;
  return offset + (piece * shape.back() + place) * ld + output;
}

std::size_t ParameterLayout::add_weight(std::string name, std::size_t outputs, std::size_t inputs, bool transposed,
                                        InitRule init, std::size_t lanes) {
  return add({.name = std::move(name),
              .shape = {outputs, inputs},
              .ld = round_up(transposed ? outputs : inputs, lanes),
              .matrix = true,
              .transposed = transposed,
              .kind = ParameterKind::kWeight,
              .init = init});
}

std::size_t ParameterLayout::add_bias(std::string name, std::size_t outputs, std::size_t lanes) {
  return add(
      {.name = std::move(name), .shape = {outputs}, .ld = round_up(outputs, lanes), .kind = ParameterKind::kBias});
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
