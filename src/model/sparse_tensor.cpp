#include "model/sparse_tensor.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <utility>

#include "core/names.h"
#include "core/raise.h"

namespace ffwd {
namespace {

constexpr std::size_t kBits = 8;
/// What naming a mask costs in the file's header, about.
constexpr std::size_t kNameBytes = 128;

std::size_t n_of(const std::vector<std::size_t>& shape) {
  std::size_t n = 1;
  for (const std::size_t size : shape) n *= size;
  return n;
}

template <class T>
StoredTensor stored_as(Tensor dense) {
  const std::vector<T>& values = std::get<std::vector<T>>(dense.values);
  const auto nonzero = static_cast<std::size_t>(std::ranges::count_if(values, [](T v) { return v != 0; }));
  Tensor mask{.name = mask_name(dense.name), .shape = mask_shape(dense.shape), .values = {}};
  const std::size_t bytes = n_of(mask.shape);
  if (nonzero * sizeof(T) + bytes + kNameBytes >= values.size() * sizeof(T)) return {.values = std::move(dense)};
  const std::size_t columns = dense.shape.back(), row_bytes = mask.shape.back();
  std::vector<std::uint8_t> bits(bytes);
  std::vector<T> kept;
  kept.reserve(nonzero);
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] == 0) continue;
    kept.push_back(values[i]);
    const std::size_t row = i / columns, column = i % columns;
    std::uint8_t& byte = bits[row * row_bytes + column / kBits];
    byte = static_cast<std::uint8_t>(byte | 1U << column % kBits);
  }
  mask.values = std::move(bits);
  StoredTensor result{.values = {.name = std::move(dense.name), .shape = {nonzero}, .values = std::move(kept)}};
  result.mask.push_back(std::move(mask));
  return result;
}

[[noreturn]] void refuse(const Tensor& mask, const std::string& what, const std::string& where) {
  raise({.kind = ErrorKind::kModel,
         .what = "tensor '" + shorten(mask.name) + "' " + what,
         .where = where,
         .fix = "the file is damaged, or was not written by ffwd; train the model again"});
}

}  // namespace

std::string mask_name(const std::string& name) { return name + ".mask"; }

std::vector<std::size_t> mask_shape(std::vector<std::size_t> shape) {
  shape.back() = (shape.back() + kBits - 1) / kBits;
  return shape;
}

StoredTensor stored(Tensor dense) {
  if (dense.shape.size() < 2) return {.values = std::move(dense)};
  if (std::holds_alternative<std::vector<double>>(dense.values)) return stored_as<double>(std::move(dense));
  if (std::holds_alternative<std::vector<float>>(dense.values)) return stored_as<float>(std::move(dense));
  return {.values = std::move(dense)};
}

template <class T>
std::vector<T> expanded(const std::vector<T>& values, const Tensor& mask, const std::vector<std::size_t>& shape,
                        const std::string& where) {
  const auto& bits = std::get<std::vector<std::uint8_t>>(mask.values);
  const std::size_t columns = shape.back(), row_bytes = mask.shape.back();
  std::size_t n_bits = 0;
  for (std::size_t k = 0; k < bits.size(); ++k) {
    n_bits += static_cast<std::size_t>(std::popcount(bits[k]));
    const std::size_t first = k % row_bytes * kBits;  // column
    if (first + kBits > columns && bits[k] >> (columns - first) != 0) {
      refuse(mask, "has a bit beyond the last column", where);
    }
  }
  if (n_bits != values.size()) {
    refuse(mask, "marks " + std::to_string(n_bits) + " weights but there are " + std::to_string(values.size()), where);
  }
  if (std::ranges::find(values, T{0}) != values.end()) refuse(mask, "marks a weight that is 0", where);
  std::vector<T> dense(n_of(shape));
  auto next = values.begin();
  for (std::size_t k = 0; k < bits.size(); ++k) {
    T* const at = dense.data() + k / row_bytes * columns + k % row_bytes * kBits;
    for (unsigned rest = bits[k]; rest != 0; rest &= rest - 1) at[std::countr_zero(rest)] = *next++;
  }
  return dense;
}

template std::vector<float> expanded(const std::vector<float>&, const Tensor&, const std::vector<std::size_t>&,
                                     const std::string&);
template std::vector<double> expanded(const std::vector<double>&, const Tensor&, const std::vector<std::size_t>&,
                                      const std::string&);

}  // namespace ffwd
