// The targets that kernels are not compiled for. To be included before any header of Highway.
#pragma once

// Every target kept costs a compilation of all kernels. SSSE3 is a sliver of old machines between the baseline and
// SSE4, AVX3_DL adds only integer instructions, and vectors of unknown size (SVE) cannot be held in arrays.
#define HWY_DISABLED_TARGETS (HWY_SSSE3 | HWY_AVX3_DL | HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128)
