// The kernels alone, on the shapes of small networks: "ffwd/forward/32x64x64" is 32 rows times a layer of 64 inputs and
// 64 outputs; "openblas/forward/32x64x64" is the same by another library, of those that the build found. ffwd's forward
// product adds a bias, its weight gradient makes the bias's too, and its input gradient transposes the weights first;
// the others' do nothing besides. GFLOP/s count two operations per multiply-add; the other kernels report items
// (numbers) per second. "ffwd64" are those of double.
//
//   taskset -c 1 kernels [TARGET] [--benchmark_filter=REGEX …]
#include "kernels/kernels.h"

#include <benchmark/benchmark.h>

#include <cstdint>
#include <cstdio>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernels/layout.h"
#include "kernels/units.h"
#include "products/products.h"

namespace ffwd {
namespace {

/// A matrix as the kernels want it, filled with small numbers.
template <class T>
class Matrix {
 public:
  Matrix(std::size_t rows, std::size_t columns)
      : ld_(padded<T>(columns)), storage_(rows * ld_ + kLanes<T>), data_(storage_.data()) {
    while (reinterpret_cast<std::uintptr_t>(data_) % kBlockBytes != 0) ++data_;
    for (std::size_t r = 0; r < rows; ++r) {
      for (std::size_t c = 0; c < columns; ++c)
        data_[r * ld_ + c] = static_cast<T>((r * 7 + c * 3) % 13) / 16 - T{0.25};
    }
  }
  Matrix(const Matrix&) = delete;
  Matrix& operator=(const Matrix&) = delete;
  [[nodiscard]] T* data() { return data_; }
  [[nodiscard]] std::size_t ld() const { return ld_; }

 private:
  std::size_t ld_;
  std::vector<T> storage_;
  T* data_;
};

struct Shape {
  std::size_t rows, depth, columns;
  [[nodiscard]] std::string text() const {
    return std::to_string(rows) + "x" + std::to_string(depth) + "x" + std::to_string(columns);
  }
  [[nodiscard]] double operations() const { return 2.0 * static_cast<double>(rows * depth * columns); }
};

void report(benchmark::State& state, double operations) {
  state.counters["GFLOP/s"] =
      benchmark::Counter(operations * static_cast<double>(state.iterations()) * 1e-9, benchmark::Counter::kIsRate);
}

template <class T>
void product(benchmark::State& state, Shape s, const char* unit) {
  Matrix<T> a(s.rows, s.depth), b(s.depth, s.columns), bias(1, s.columns), c(s.rows, s.columns);
  const auto& k = kernels<T>();
  const Product<T> p{.rows = s.rows,
                     .depth = s.depth,
                     .columns = s.columns,
                     .a = a.data(),
                     .lda = a.ld(),
                     .b = b.data(),
                     .ldb = b.ld(),
                     .bias = bias.data(),
                     .c = c.data(),
                     .ldc = c.ld(),
                     .value = k.unit_value[find_unit(unit)->index]};
  for (auto _ : state) k.product(p);
  report(state, s.operations());
}

template <class T>
void weight_gradient(benchmark::State& state, Shape s) {
  Matrix<T> a(s.rows, s.depth), d(s.rows, s.columns), g(s.depth, s.columns), bias(1, s.columns);
  const WeightGradient<T> w{s.rows,   s.depth, s.columns, a.data(), a.ld(),
                            d.data(), d.ld(),  g.data(),  g.ld(),   bias.data()};
  for (auto _ : state) kernels<T>().weight_gradient(w);
  report(state, s.operations());
}

template <class T>
void input_gradient(benchmark::State& state, Shape s) {
  Matrix<T> d(s.rows, s.columns), w(s.depth, s.columns), transposed(s.columns, s.depth), dx(s.rows, s.depth);
  const auto& k = kernels<T>();
  const Product<T> p{.rows = s.rows,
                     .depth = s.columns,
                     .columns = s.depth,
                     .a = d.data(),
                     .lda = d.ld(),
                     .b = transposed.data(),
                     .ldb = transposed.ld(),
                     .c = dx.data(),
                     .ldc = dx.ld()};
  for (auto _ : state) {
    k.transpose(w.data(), s.depth, s.columns, w.ld(), transposed.data(), transposed.ld());
    k.product(p);
  }
  report(state, s.operations());
}

/// What another library makes of it.
void other(benchmark::State& state, const bench::Library* library, bench::ProductShape shape) {
  const auto filled = [](int rows, int columns) {
    std::vector<float> v(static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns) + kLanes<float>);
    for (std::size_t i = 0; i < v.size(); ++i) v[i] = static_cast<float>(i % 13) / 16 - 0.25f;
    return v;
  };
  const std::vector<float> a = filled(shape.m, shape.k), b = filled(shape.k, shape.n);
  std::vector<float> c = filled(shape.m, shape.n);
  const bench::ProductRun run = library->make(shape);
  if (!run) return state.SkipWithError("the library has no kernel for this shape");
  for (auto _ : state) run(a.data(), b.data(), c.data());
  report(state, 2.0 * shape.m * shape.n * shape.k);
}

void register_others(const Shape& s) {
  const int rows = static_cast<int>(s.rows), depth = static_cast<int>(s.depth), columns = static_cast<int>(s.columns);
  for (const bench::Library& library : bench::libraries()) {
    const auto add = [&](const char* product, bench::ProductShape shape) {
      benchmark::RegisterBenchmark((std::string(library.name) + "/" + product + "/" + s.text()).c_str(), other,
                                   &library, shape);
    };
    add("forward", {.m = rows, .n = columns, .k = depth});
    add("weight_gradient", {.a_transposed = true, .m = depth, .n = columns, .k = rows});
    add("input_gradient", {.b_transposed = true, .m = rows, .n = depth, .k = columns});
  }
}

template <class T>
void narrow_forward(benchmark::State& state, Shape s) {
  Matrix<T> x(s.rows, s.depth), w(s.columns, s.depth), y(s.rows, s.columns);
  const Narrow<T> n{.rows = s.rows,
                    .inputs = s.depth,
                    .outputs = s.columns,
                    .x = x.data(),
                    .ldx = x.ld(),
                    .w = w.data(),
                    .ldw = w.ld(),
                    .y = y.data(),
                    .ldy = s.columns};
  for (auto _ : state) kernels<T>().narrow_forward(n);
  report(state, s.operations());
}

template <class T>
void narrow_gradient(benchmark::State& state, Shape s) {
  Matrix<T> x(s.rows, s.depth), w(s.columns, s.depth), d(s.rows, s.columns), g(s.columns, s.depth), dx(s.rows, s.depth);
  T bias[kNarrowOutputs];
  const auto& k = kernels<T>();
  const NarrowGradient<T> n{.rows = s.rows,
                            .inputs = s.depth,
                            .outputs = s.columns,
                            .x = x.data(),
                            .ldx = x.ld(),
                            .d = d.data(),
                            .ldd = s.columns,
                            .w = w.data(),
                            .ldw = w.ld(),
                            .g = g.data(),
                            .g_bias = bias,
                            .dx = dx.data(),
                            .lddx = dx.ld(),
                            .slope = k.unit_slope[find_unit("relu")->index],
                            .s = x.data(),
                            .lds = x.ld()};
  for (auto _ : state) k.narrow_gradient(n);
  report(state, 2 * s.operations());
}

/// As many weights for each output as a share of its inputs makes; GFLOP/s count these alone.
template <class T>
void sparse(benchmark::State& state, Shape s, double density) {
  const auto each = static_cast<std::size_t>(density * static_cast<double>(s.depth));
  const std::size_t width = s.rows == 1 ? kLanes<T> : 1, slices = s.columns / width;
  Matrix<T> x(s.depth, s.rows), y(s.columns, s.rows), weight(1, s.columns * each), bias(1, s.columns);
  std::vector<std::uint32_t> start, input, output;
  for (std::size_t o = 0; o < s.columns; ++o) output.push_back(static_cast<std::uint32_t>(o));
  for (std::size_t k = 0; k <= slices; ++k) start.push_back(static_cast<std::uint32_t>(k * each));
  for (std::size_t slice = 0; slice < slices; ++slice) {
    for (std::size_t k = 0; k < each; ++k) {
      const std::size_t stride = s.depth / each, from = k * stride + slice % stride;
      input.insert(input.end(), width, static_cast<std::uint32_t>(from));
    }
  }
  const Kernels<T>& k = kernels<T>();
  for (auto _ : state) {
    if (s.rows == 1) {
      k.sparse_row(
          {s.columns, output.data(), start.data(), input.data(), weight.data(), bias.data(), x.data(), y.data()});
    } else {
      k.sparse_columns({s.rows, s.columns, start.data(), input.data(), weight.data(), bias.data(), x.data(), y.data()});
    }
  }
  report(state, 2.0 * static_cast<double>(s.rows * s.columns * each));
}

template <class T>
void transpose(benchmark::State& state, std::size_t rows, std::size_t columns) {
  Matrix<T> from(rows, columns), to(columns, rows);
  for (auto _ : state) kernels<T>().transpose(from.data(), rows, columns, from.ld(), to.data(), to.ld());
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(rows * columns));
}

template <class T>
void unit(benchmark::State& state, std::size_t index) {
  Matrix<T> z(32, 64), a(32, 64);
  for (auto _ : state) kernels<T>().unit_value[index](z.data(), z.ld(), a.data(), a.ld(), 32, 64, T{1});
  state.SetItemsProcessed(state.iterations() * 32 * 64);
}

template <class T>
void adam(benchmark::State& state) {
  constexpr std::size_t kCount = 4752;  // the parameters of 8-64-64-1
  Matrix<T> w(1, kCount), g(1, kCount), m(1, kCount), v(1, kCount);
  for (std::size_t i = 0; i < kCount; ++i) v.data()[i] = T{0.5f};
  const AdamUpdate<T> u{.n = kCount,
                        .w = w.data(),
                        .g = g.data(),
                        .m = m.data(),
                        .v = v.data(),
                        .beta1 = 0.9f,
                        .rest1 = 0.1f,
                        .beta2 = 0.999f,
                        .rest2 = 0.001f,
                        .root = 1,
                        .epsilon = 1e-8f};
  for (auto _ : state) kernels<T>().adam(u);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kCount));
}

/// The layers of W3 to W7, and a single row.
constexpr Shape kShapes[] = {{32, 8, 64},      {32, 64, 64},      {32, 16, 100},   {32, 100, 100},  {32, 100, 26},
                             {16, 50, 100},    {16, 100, 100},    {128, 784, 256}, {128, 256, 128}, {128, 128, 10},
                             {256, 784, 1024}, {256, 1024, 1024}, {256, 1024, 10}, {1, 64, 64}};
constexpr Shape kNarrowShapes[] = {{32, 64, 1}, {16, 100, 1}, {32, 64, 4}};

template <class T>
void register_all(const std::string& type) {
  const auto add = [&](const std::string& name, auto function, auto... arguments) {
    benchmark::RegisterBenchmark((type + "/" + name).c_str(), function, arguments...);
  };
  for (const Shape& s : kShapes) {
    add("forward/" + s.text(), product<T>, s, "identity");
    add("weight_gradient/" + s.text(), weight_gradient<T>, s);
    add("input_gradient/" + s.text(), input_gradient<T>, s);
  }
  add("forward/relu/32x64x64", product<T>, Shape{32, 64, 64}, "relu");
  for (const Shape& s : kNarrowShapes) {
    add("narrow_forward/" + s.text(), narrow_forward<T>, s);
    add("narrow_gradient/" + s.text(), narrow_gradient<T>, s);
  }
  for (const Shape& s : {Shape{64, 64, 64}, Shape{64, 256, 256}, Shape{64, 1024, 1024}}) {
    add("sparse_tenth/" + s.text(), sparse<T>, s, 0.1);
    add("sparse_tenth/" + Shape{1, s.depth, s.columns}.text(), sparse<T>, Shape{1, s.depth, s.columns}, 0.1);
  }
  add("transpose/64x64", transpose<T>, std::size_t{64}, std::size_t{64});
  add("transpose/100x26", transpose<T>, std::size_t{100}, std::size_t{26});
  for (const UnitRow& row : units()) {
    if (kernels<T>().unit_value[row.index]) add("unit/" + std::string(row.name), unit<T>, row.index);
  }
  add("adam", adam<T>);
}

}  // namespace
}  // namespace ffwd

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (argc > 1 && !ffwd::force_target(argv[1])) {
    std::fprintf(stderr, "no such target on this machine: %s\n", argv[1]);
    return 2;
  }
  std::fprintf(stderr, "target %s\n", std::string(ffwd::kernels<float>().target).c_str());
  ffwd::register_all<float>("ffwd");
  ffwd::register_all<double>("ffwd64");
  for (const ffwd::Shape& s : ffwd::kShapes) ffwd::register_others(s);
  for (const ffwd::Shape& s : ffwd::kNarrowShapes) ffwd::register_others(s);
  benchmark::RunSpecifiedBenchmarks();
}
