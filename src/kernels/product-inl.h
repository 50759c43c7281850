// Matrix products: register tiles, the loops around them, and the kernel `product`.
//
// A tile holds rows x vectors of C in registers while it walks the depth. Around it, from the inside out: the row tiles
// of one panel of B (a few vectors wide, so that it stays in the first cache), the panels, slices of the depth, slices
// of the rows. A slice of the depth continues the sums that the one before left in C. However the loops cut, every
// element of C is the same chain of fused multiply-adds.
#if defined(FFWD_KERNELS_PRODUCT_INL_H) == defined(HWY_TARGET_TOGGLE)
#ifdef FFWD_KERNELS_PRODUCT_INL_H
#undef FFWD_KERNELS_PRODUCT_INL_H
#else
#define FFWD_KERNELS_PRODUCT_INL_H
#endif

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>

#include "kernels/block-inl.h"
#include "kernels/kernels.h"

HWY_BEFORE_NAMESPACE();
namespace ffwd {
namespace HWY_NAMESPACE {

/// C[rows, columns] = start + A[rows, depth] · B[depth, columns], where A may lie either way round: element (r, k) is
/// a[r * row_stride + k * depth_stride]. `start` is added row by row (its stride may be 0); null is zero.
template <class T>
struct Multiply {
  std::size_t rows = 0, depth = 0, columns = 0;
  const T* a = nullptr;
  std::size_t row_stride = 0, depth_stride = 0;
  const T* b = nullptr;
  std::size_t ldb = 0;
  const T* start = nullptr;
  std::size_t start_stride = 0;
  T* c = nullptr;
  std::size_t ldc = 0;
};

/// One tile of m's sums; where it starts is passed apart, in registers, which short tiles notice.
template <std::size_t kRows, std::size_t kVectors, class T>
HWY_FLATTEN void tile(const Multiply<T>& m, const T* a, const T* start, T* c) {
  const Tag<T> d;
  constexpr std::size_t kN = kVectorLanes<T>;
  // Copies, as the compiler must assume that storing sums changes m.
  const std::size_t row_stride = m.row_stride, depth_stride = m.depth_stride, ldb = m.ldb, ldc = m.ldc;
  const T* b = m.b;
  Vector<T> sum[kRows][kVectors];
  unroll<kRows>([&](auto r) HWY_ATTR {
    unroll<kVectors>(
        [&](auto v) HWY_ATTR { sum[r][v] = start ? hn::Load(d, start + r * m.start_stride + v * kN) : hn::Zero(d); });
  });
  for (std::size_t k = m.depth; k > 0; --k) {
    Vector<T> line[kVectors];
    unroll<kVectors>([&](auto v) HWY_ATTR { line[v] = hn::Load(d, b + v * kN); });
    unroll<kRows>([&](auto r) HWY_ATTR {
      const auto x = hn::Set(d, a[r * row_stride]);
      unroll<kVectors>([&](auto v) HWY_ATTR { sum[r][v] = hn::MulAdd(x, line[v], sum[r][v]); });
    });
    a += depth_stride;
    b += ldb;
  }
  unroll<kRows>([&](auto r) HWY_ATTR {
    unroll<kVectors>([&](auto v) HWY_ATTR { hn::Store(sum[r][v], d, c + r * ldc + v * kN); });
  });
}

/// Vectors side by side in a panel, whole blocks of them: two rows leave registers for a wider one, whose sums hide the
/// latency of the multiply-add.
template <class T>
constexpr std::size_t panel_vectors(std::size_t rows) {
  const std::size_t usual = std::max<std::size_t>(kBlockVectors<T>, kRegisters / 8);
  return std::max<std::size_t>(usual, rows == 2 ? 4 : 0);
}

/// Most rows of a tile: the sums, a line of B and one number of A fill the registers.
template <class T>
inline constexpr std::size_t kTileRows = std::max<std::size_t>(
    1, (std::max(kRegisters, panel_vectors<T>(3) + 2) - panel_vectors<T>(3) - 2) / panel_vectors<T>(3));

template <class T>
using TileFunction = void (*)(const Multiply<T>& m, const T* a, const T* start, T* c);

template <std::size_t kVectors, class T, std::size_t... kRow>
constexpr std::array<TileFunction<T>, sizeof...(kRow)> tiles_by_rows(std::index_sequence<kRow...>) {
  return {&tile<kRow + 1, kVectors, T>...};
}

/// n cut into nearly equal parts, none larger than `most`: a small tile at the end would cost as much as a full one.
struct EvenParts {
  std::size_t count, low, higher;  ///< the first `higher` parts are low + 1
  EvenParts(std::size_t n, std::size_t most) : count((n + most - 1) / most), low(n / count), higher(n % count) {}
  [[nodiscard]] std::size_t of(std::size_t part) const { return part < higher ? low + 1 : low; }
};

/// One panel. `kPackedRows`: A lies tile by tile, each [depth, height].
template <std::size_t kVectors, std::size_t kMaxRows, bool kPackedRows, class T>
void multiply_panel(const Multiply<T>& m) {
  static constexpr auto kTiles = tiles_by_rows<kVectors, T>(std::make_index_sequence<kMaxRows>());
  const EvenParts heights(m.rows, kMaxRows);
  const T *a = m.a, *start = m.start;
  T* c = m.c;
  for (std::size_t i = 0; i < heights.count; ++i) {
    const std::size_t height = heights.of(i);
    if constexpr (kPackedRows) {
      Multiply<T> packed = m;
      packed.row_stride = 1;
      packed.depth_stride = height;
      kTiles[height - 1](packed, a, start, c);
      a += height * m.depth;
    } else {
      kTiles[height - 1](m, a, start, c);
      a += height * m.row_stride;
    }
    c += height * m.ldc;
    if (start) start += height * m.start_stride;
  }
}

/// The tallest tile for panels of kVectors: only panels for two rows are wider than the usual one.
template <class T, std::size_t kVectors>
constexpr std::size_t max_tile_rows() {
  return kVectors <= panel_vectors<T>(3) ? kTileRows<T> : 2;
}

template <std::size_t kVectors, class T>
void multiply_panel_of(std::size_t vectors, const Multiply<T>& m) {
  if constexpr (kVectors > 1) {
    if (vectors < kVectors) return multiply_panel_of<kVectors / 2>(vectors, m);
  }
  multiply_panel<kVectors, max_tile_rows<T, kVectors>(), false>(m);
}

/// Lines of a panel that are walked at once: 16 KiB, which leaves room for A in the first cache, but not so few that
/// loading and storing the sums would show.
template <class T>
inline constexpr std::size_t kDepthSlice =
    std::max<std::size_t>(128, 16384 / (panel_vectors<T>(3) * kVectorLanes<T> * sizeof(T)));
/// Most rows walked for one copy of a panel; what they read of A should stay in the second cache.
inline constexpr std::size_t kRowSlice = 128;
/// The same where A is copied as well: then it takes no more of that cache than it needs.
inline constexpr std::size_t kPackedRowSlice = 256;

/// Lines of B that lie a page apart fall into few sets of the first cache and each needs its own entry of the TLB, so
/// wide matrices are copied panel by panel, if there are rows enough to pay for it.
template <class T>
struct PanelCopy {
  static constexpr std::size_t kVectors = panel_vectors<T>(3);
  alignas(kBlockBytes) T data[kDepthSlice<T> * kVectors * kVectorLanes<T>];

  static bool pays(const Multiply<T>& m) { return m.rows >= 16 && m.depth >= 16 && m.ldb * sizeof(T) >= 1024; }

  void take(Multiply<T>& m, std::size_t vectors) {
    const Tag<T> d;
    const std::size_t width = vectors * kVectorLanes<T>;
    for (std::size_t k = 0; k < m.depth; ++k) {
      for (std::size_t c = 0; c < width; c += kVectorLanes<T>) {
        hn::Store(hn::Load(d, m.b + k * m.ldb + c), d, data + k * width + c);
      }
    }
    m.b = data;
    m.ldb = width;
  }
};

/// A and B copied for wide products. A tile by tile where its lines would fall into few sets of the first cache, being
/// read down a column or lying a multiple of a page apart; B several panels at a time, so that each of its pages is met
/// but once for all of them. Measured on Zen 3 (peak 100 GFLOP/s), 1024x256x1024 of a weight gradient: 93 for 73.
template <class T>
struct PackedProduct {
  static constexpr std::size_t kVectors = panel_vectors<T>(3), kWidth = kVectors * kVectorLanes<T>, kPanels = 8;
  alignas(kBlockBytes) T a[kDepthSlice<T> * kPackedRowSlice];
  alignas(kBlockBytes) T b[kPanels][kDepthSlice<T> * kWidth];

  static bool pays(const Multiply<T>& m) { return m.rows >= 32 && m.depth >= 64 && m.columns * sizeof(T) >= 2048; }
  static bool takes_rows(const Multiply<T>& m) { return m.row_stride == 1 || m.row_stride * sizeof(T) % 4096 == 0; }

  void take_rows(const Multiply<T>& m) {
    const EvenParts heights(m.rows, kTileRows<T>);
    const T* from = m.a;
    T* to = a;
    for (std::size_t i = 0; i < heights.count; ++i) {
      const std::size_t height = heights.of(i);
      const bool down = m.row_stride == 1;  // the inner loop walks along what is contiguous
      const std::size_t outer = down ? m.depth : height, inner = down ? height : m.depth;
      const std::size_t outer_from = down ? m.depth_stride : m.row_stride, outer_to = down ? height : 1;
      const std::size_t inner_from = down ? m.row_stride : m.depth_stride, inner_to = down ? 1 : height;
      for (std::size_t p = 0; p < outer; ++p) {
        for (std::size_t q = 0; q < inner; ++q) to[p * outer_to + q * inner_to] = from[p * outer_from + q * inner_from];
      }
      from += height * m.row_stride;
      to += height * m.depth;
    }
  }

  /// Columns first … first + panels · kWidth.
  void take_panels(const Multiply<T>& m, std::size_t first, std::size_t panels) {
    const Tag<T> d;
    for (std::size_t k = 0; k < m.depth; ++k) {
      const T* line = m.b + k * m.ldb + first;
      for (std::size_t p = 0; p < panels; ++p) {
        for (std::size_t c = 0; c < kWidth; c += kVectorLanes<T>, line += kVectorLanes<T>) {
          hn::Store(hn::Load(d, line), d, b[p] + k * kWidth + c);
        }
      }
    }
  }
};

/// Columns below `columns`, which are whole panels, of a slice of rows and depth.
template <class T>
HWY_NOINLINE void multiply_packed(const Multiply<T>& m, std::size_t columns) {
  using Packed = PackedProduct<T>;
  constexpr std::size_t kMaxRows = max_tile_rows<T, Packed::kVectors>();
  Packed packed;
  Multiply<T> panel = m;
  const bool takes_rows = Packed::takes_rows(m);
  if (takes_rows) {
    packed.take_rows(m);
    panel.a = packed.a;
  }
  panel.ldb = Packed::kWidth;
  for (std::size_t first = 0; first < columns; first += Packed::kPanels * Packed::kWidth) {
    const std::size_t panels = std::min(Packed::kPanels, (columns - first) / Packed::kWidth);
    packed.take_panels(m, first, panels);
    for (std::size_t p = 0; p < panels; ++p) {
      const std::size_t at = first + p * Packed::kWidth;
      panel.b = packed.b[p];
      panel.c = m.c + at;
      panel.start = m.start ? m.start + at : nullptr;
      if (takes_rows) {
        multiply_panel<Packed::kVectors, kMaxRows, true>(panel);
      } else {
        multiply_panel<Packed::kVectors, kMaxRows, false>(panel);
      }
    }
  }
}

/// A single row reads B but once, which is what it takes its time for: tiles as wide as the registers allow.
inline constexpr std::size_t kWidestRow = 14;
template <class T, std::size_t... kBelow>
constexpr std::array<TileFunction<T>, kWidestRow> row_tiles(std::index_sequence<kBelow...>) {
  return {&tile<1, kBelow + 1, T>...};
}

template <class T>
void multiply_row(const Multiply<T>& m, std::size_t vectors) {
  static constexpr auto kTiles = row_tiles<T>(std::make_index_sequence<kWidestRow>());
  if (vectors <= kWidestRow) return kTiles[vectors - 1](m, m.a, m.start, m.c);
  const EvenParts widths(vectors, kWidestRow);
  Multiply<T> part = m;
  for (std::size_t i = 0; i < widths.count; ++i) {
    kTiles[widths.of(i) - 1](part, m.a, part.start, part.c);
    const std::size_t width = widths.of(i) * kVectorLanes<T>;
    part.b += width;
    part.c += width;
    if (part.start) part.start += width;
  }
}

/// The panels of a slice of several rows and of the depth.
template <class T>
void multiply_panels(const Multiply<T>& m, std::size_t vectors) {
  constexpr std::size_t kN = kVectorLanes<T>;
  const std::size_t widest = panel_vectors<T>(m.rows);
  const bool copies = PanelCopy<T>::pays(m);
  PanelCopy<T> copy;
  std::size_t v = 0;
  if (PackedProduct<T>::pays(m)) {
    v = vectors / PackedProduct<T>::kVectors * PackedProduct<T>::kVectors;
    multiply_packed(m, v * kN);
  }
  while (v < vectors) {
    const std::size_t width = std::min(widest, std::bit_floor(vectors - v));
    Multiply<T> panel = m;
    panel.b += v * kN;
    panel.c += v * kN;
    if (panel.start) panel.start += v * kN;
    if (copies) copy.take(panel, width);
    multiply_panel_of<panel_vectors<T>(2)>(width, panel);
    v += width;
  }
}

/// All of a slice of rows and depth. Vectors that are nothing but padding are not computed but set to zero.
template <class T>
void multiply_slice(const Multiply<T>& m) {
  const Tag<T> d;
  constexpr std::size_t kN = kVectorLanes<T>;
  const std::size_t vectors = (m.columns + kN - 1) / kN;
  m.rows == 1 ? multiply_row(m, vectors) : multiply_panels(m, vectors);
  for (std::size_t c = vectors * kN; c < padded<T>(m.columns); c += kN) {
    for (std::size_t r = 0; r < m.rows; ++r) hn::Store(hn::Zero(d), d, m.c + r * m.ldc + c);
  }
}

template <class T>
void multiply_slices_of_depth(const Multiply<T>& whole) {
  const std::size_t depth = whole.depth;
  if (depth <= kDepthSlice<T>) return multiply_slice(whole);
  Multiply<T> m = whole;
  for (std::size_t k = 0; k == 0 || k < depth; k += kDepthSlice<T>) {
    m.depth = std::min(kDepthSlice<T>, depth - k);
    multiply_slice(m);
    m.a += m.depth * m.depth_stride;
    m.b += m.depth * m.ldb;
    m.start = m.c;
    m.start_stride = m.ldc;
  }
}

/// Calls finish(first row, rows) for every slice of rows that is done and still in cache. Moves m along.
template <class T, class Finish>
void multiply(Multiply<T>&& m, const Finish& finish) {
  assert(reinterpret_cast<std::uintptr_t>(m.b) % kBlockBytes == 0 && m.ldb % kLanes<T> == 0);
  assert(reinterpret_cast<std::uintptr_t>(m.c) % kBlockBytes == 0 && m.ldc % kLanes<T> == 0);
  const std::size_t rows = m.rows, most = PackedProduct<T>::pays(m) ? kPackedRowSlice : kRowSlice;
  const std::size_t slices = (rows + most - 1) / most;
  for (std::size_t r = 0; r < rows; r += m.rows) {
    m.rows = std::min((rows + slices - 1) / slices, rows - r);
    multiply_slices_of_depth(m);
    finish(r, m.rows);
    m.a += m.rows * m.row_stride;
    m.c += m.rows * m.ldc;
    if (m.start) m.start += m.rows * m.start_stride;
  }
}

template <class T>
void product(const Product<T>& p) {
  T* const sums = p.z ? p.z : p.c;
  const std::size_t ld = p.z ? p.ldz : p.ldc;
  assert(!p.adds || (!p.bias && !p.value && !p.z));
  const T* const start = p.adds ? p.c : p.bias;
  multiply(Multiply<T>{p.rows, p.depth, p.columns, p.a, p.lda, 1, p.b, p.ldb, start, p.adds ? ld : 0, sums, ld},
           [&](std::size_t first, std::size_t rows) HWY_ATTR {
             if (p.value) p.value(sums + first * ld, ld, p.c + first * p.ldc, p.ldc, rows, p.columns, p.parameter);
             if (p.slope) p.slope(p.c + first * p.ldc, p.ldc, p.s + first * p.lds, p.lds, rows, p.columns, p.parameter);
           });
}

}  // namespace HWY_NAMESPACE
}  // namespace ffwd
HWY_AFTER_NAMESPACE();

#endif
