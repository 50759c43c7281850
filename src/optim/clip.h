// Clipping: a gradient no longer than a given norm.
#pragma once

#include <cstddef>

namespace ffwd {

/// g *= min(1, c / (‖g‖ + 1e-6)), the norm over all n (whole blocks) numbers: the direction stays. Pascanu, Mikolov &
/// Bengio (2013), algorithm 1.
template <class T>
void clip_norm(std::size_t n, double c, T* g);

}  // namespace ffwd
