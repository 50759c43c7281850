// Sparse tensors: weights most of which are zero, as a model file holds them: the others one after the other, and a
// mask that has a bit for each.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "file/safetensors.h"

namespace ffwd {

/// A tensor in the form that takes less room: as it is, or, if its last axes are a matrix and enough of it is zero,
/// its other numbers as a list in row-major order and `mask`.
struct StoredTensor {
  Tensor values;
  std::vector<Tensor> mask{};  ///< none or one, called <name>.mask: U8 [.., rows, bytes], a bit for each column, the
                               ///< first in the lowest bit of the first byte; bits beyond the columns are 0
};
[[nodiscard]] StoredTensor stored(Tensor dense);

/// The name of the mask of the tensor `name`.
[[nodiscard]] std::string mask_name(const std::string& name);
/// The shape of the mask of a tensor of this shape, which has two axes at least.
[[nodiscard]] std::vector<std::size_t> mask_shape(std::vector<std::size_t> shape);

/// The dense numbers of a tensor of `shape` whose mask has been found to be of mask_shape(shape), a U8 one.
/// @throws Error(kModel) a bit where there is no column, another number of values than bits, or a value that is zero.
template <class T>
[[nodiscard]] std::vector<T> expanded(const std::vector<T>& values, const Tensor& mask,
                                      const std::vector<std::size_t>& shape, const std::string& where);

}  // namespace ffwd
