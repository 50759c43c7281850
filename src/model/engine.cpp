#include "model/engine.h"

#include <algorithm>
#include <utility>

#include "core/denormals.h"
#include "core/names.h"
#include "core/raise.h"
#include "core/thread_pool.h"

namespace ffwd {
namespace {

std::string shape_text(const std::vector<std::size_t>& shape) {
  constexpr std::size_t kMost = 8;  // a damaged file may claim any number of them
  std::string text = "[";
  for (std::size_t k = 0; k < std::min(shape.size(), kMost); ++k)
    text += (k == 0 ? "" : ", ") + std::to_string(shape[k]);
  return text + (shape.size() > kMost ? ", …]" : "]");
}

[[noreturn]] void refuse(const std::string& where, const std::string& what) {
  raise({.kind = ErrorKind::kModel,
         .what = what,
         .where = where,
         .fix = "the file is damaged, or was not written by ffwd; train the model again"});
}

// A plan of the network, once the tensors are known to fill it: a small file may claim a large network, and nothing
// of that size is to be allocated before.
template <class T>
Plan<T> checked_plan(const NetworkSpec& network, std::span<const Tensor> tensors, const std::string& where) {
  std::size_t held = 0;
  for (const Tensor& tensor : tensors) held += std::visit([](const auto& v) { return v.size(); }, tensor.values);
  if (held != network.n_parameters()) {
    refuse(where, "the network has " + std::to_string(network.n_parameters()) + " parameters but the tensors hold " +
                      std::to_string(held) + " numbers");
  }
  return compile<T>(network, kPredictRows);
}

// In their order as well: names stand outside the checksum, so two tensors of one shape with swapped names would go
// unnoticed otherwise.
template <class T>
void check_tensors(std::span<const ParameterRange> ranges, std::span<const Tensor> tensors, const std::string& where) {
  for (std::size_t k = 0; k < ranges.size(); ++k) {
    const ParameterRange& range = ranges[k];
    if (k == tensors.size()) refuse(where, "tensor '" + shorten(range.name) + "' is missing");
    const Tensor& tensor = tensors[k];
    if (tensor.name != range.name) {
      refuse(where,
             "tensor '" + shorten(range.name) + "' is missing, '" + shorten(tensor.name) + "' stands in its place");
    }
    if (tensor.shape != range.shape) {
      refuse(where, "tensor '" + shorten(tensor.name) + "' is " + shape_text(tensor.shape) + " but the network has " +
                        shape_text(range.shape));
    }
    const auto* const values = std::get_if<std::vector<T>>(&tensor.values);
    if (values == nullptr)
      refuse(where, "tensor '" + shorten(tensor.name) + "' is of another precision than the others");
    if (range.at_least_zero && std::ranges::any_of(*values, [](T value) { return value < 0; }))
      refuse(where, "tensor '" + shorten(tensor.name) + "' holds a number below 0");
  }
  if (tensors.size() > ranges.size()) refuse(where, "there are tensors that the network does not have");
}

}  // namespace

template <class T>
Engine<T>::Engine(const NetworkSpec& network, AlignedVector<T> trained)
    : plan(compile<T>(network, kPredictRows)), parameters(std::move(trained)) {}

template <class T>
Engine<T>::Engine(const NetworkSpec& network, std::span<const Tensor> tensors, const std::string& where)
    : plan(checked_plan<T>(network, tensors, where)) {
  const auto ranges = plan.layout().ranges();
  check_tensors<T>(ranges, tensors, where);
  parameters.resize(plan.layout().size());
  for (std::size_t k = 0; k < ranges.size(); ++k) {
    const std::span<const T> values = std::get<std::vector<T>>(tensors[k].values);
    plan.layout().write(ranges[k], values, parameters.data());
  }
}

template <class T>
std::vector<Tensor> Engine<T>::tensors() const {
  std::vector<Tensor> result;
  for (const ParameterRange& range : plan.layout().ranges()) {
    std::vector<T> values(range.n_values());
    plan.layout().read(range, parameters.data(), std::span<T>(values));
    result.push_back({.name = range.name, .shape = range.shape, .values = std::move(values)});
  }
  return result;
}

template <class T>
void run_network(const Engine<T>& engine, const Loss& loss, const T* features, std::size_t ld, std::size_t rows,
                 Matrix& linked, std::size_t first) {
  const FlushDenormals flush;  // as in training, so that the figures shown there are these
  const Plan<T>& plan = engine.plan;
  AlignedVector<T> arena(plan.arena_size());
  // The link is computed in float64 whatever the network is: 1 − p of a confident p would be 0 in float32.
  const std::size_t units = plan.output().units, ldy = units == 1 ? 1 : padded<double>(units);
  AlignedVector<double> linked_rows(padded<double>(plan.capacity() * ldy));
  for (std::size_t begin = 0; begin < rows; begin += plan.capacity()) {
    const std::size_t n = std::min(plan.capacity(), rows - begin);
    const Frame<T> frame{.rows = n,
                         .parameters = engine.parameters.data(),
                         .arena = arena.data(),
                         .input = features + begin * ld,
                         .input_ld = ld};
    plan.forward(frame);
    const T* y = plan.outputs(frame);
    double* l = linked_rows.data();
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t k = 0; k < units; ++k) l[i * ldy + k] = static_cast<double>(y[i * plan.output().ld + k]);
    }
    loss.link(l, ldy, n, units);
    for (std::size_t i = 0; i < n; ++i) std::copy_n(l + i * ldy, units, linked.row(first + begin + i).begin());
  }
}

template <class T>
void run_network(const Engine<T>& engine, const Loss& loss, const AlignedVector<T>& features, std::size_t ld,
                 unsigned threads, Matrix& linked) {
  const std::size_t rows = linked.rows(), chunks = (rows + kChunkRows - 1) / kChunkRows;
  parallel_for(thread_count(threads), chunks, [&](std::size_t chunk, unsigned) {
    const std::size_t begin = chunk * kChunkRows, n = std::min(kChunkRows, rows - begin);
    run_network(engine, loss, features.data() + begin * ld, ld, n, linked, begin);
  });
}

template struct Engine<float>;
template struct Engine<double>;
template void run_network(const Engine<float>&, const Loss&, const AlignedVector<float>&, std::size_t, unsigned,
                          Matrix&);
template void run_network(const Engine<double>&, const Loss&, const AlignedVector<double>&, std::size_t, unsigned,
                          Matrix&);
template void run_network(const Engine<float>&, const Loss&, const float*, std::size_t, std::size_t, Matrix&,
                          std::size_t);
template void run_network(const Engine<double>&, const Loss&, const double*, std::size_t, std::size_t, Matrix&,
                          std::size_t);

}  // namespace ffwd
