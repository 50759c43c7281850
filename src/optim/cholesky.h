// Cholesky factorisation of a symmetric positive definite matrix, in float64 and in a fixed order.
#pragma once

#include <cstddef>

namespace ffwd {

/// l · lᵀ = a. Both are [n, n] with rows of stride `ld`, whole blocks, aligned; of `a` the lower triangle is read, and
/// `l` gets zeros above the diagonal and in the padding. False if `a` is not positive definite. O(n³/3).
/// Source: Golub & Van Loan (2013), algorithm 4.2.1, by rows.
[[nodiscard]] bool cholesky(std::size_t n, std::size_t ld, const double* a, double* l);

/// Solves l · lᵀ · x = x in place; x has `ld` numbers.
void solve_cholesky(std::size_t n, std::size_t ld, const double* l, double* x);

}  // namespace ffwd
