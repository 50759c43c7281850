#include "model/engine.h"

#include <algorithm>
#include <utility>

#include "core/denormals.h"
#include "core/names.h"
#include "core/raise.h"
#include "core/thread_pool.h"
#include "model/mixture.h"

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
  const std::size_t wanted = network.n_parameters() * network.members;
  if (held != wanted) {
    refuse(where, "the network has " + std::to_string(wanted) + " parameters but the tensors hold " +
                      std::to_string(held) + " numbers");
  }
  return compile<T>(network, kPredictRows);
}

/// The shape of a tensor that holds a range of each member.
std::vector<std::size_t> shape_of(const ParameterRange& range, std::size_t members) {
  std::vector<std::size_t> shape = range.shape;
  if (members > 1) shape.insert(shape.begin(), members);
  return shape;
}

// In their order as well: names stand outside the checksum, so two tensors of one shape with swapped names would go
// unnoticed otherwise.
template <class T>
void check_tensors(std::span<const ParameterRange> ranges, std::size_t members, std::span<const Tensor> tensors,
                   const std::string& where) {
  for (std::size_t k = 0; k < ranges.size(); ++k) {
    const ParameterRange& range = ranges[k];
    if (k == tensors.size()) refuse(where, "tensor '" + shorten(range.name) + "' is missing");
    const Tensor& tensor = tensors[k];
    if (tensor.name != range.name) {
      refuse(where,
             "tensor '" + shorten(range.name) + "' is missing, '" + shorten(tensor.name) + "' stands in its place");
    }
    const std::vector<std::size_t> shape = shape_of(range, members);
    if (tensor.shape != shape) {
      refuse(where, "tensor '" + shorten(tensor.name) + "' is " + shape_text(tensor.shape) + " but the network has " +
                        shape_text(shape));
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
Engine<T>::Engine(const NetworkSpec& network, std::vector<AlignedVector<T>> trained)
    : plan(compile<T>(network, kPredictRows)), members(std::move(trained)) {}

template <class T>
Engine<T>::Engine(const NetworkSpec& network, std::span<const Tensor> tensors, const std::string& where)
    : plan(checked_plan<T>(network, tensors, where)) {
  const auto ranges = plan.layout().ranges();
  check_tensors<T>(ranges, network.members, tensors, where);
  for (std::size_t m = 0; m < network.members; ++m) {
    AlignedVector<T>& parameters = members.emplace_back(plan.layout().size());
    for (std::size_t k = 0; k < ranges.size(); ++k) {
      const std::size_t n = ranges[k].n_values();
      const std::span<const T> values = std::get<std::vector<T>>(tensors[k].values);
      plan.layout().write(ranges[k], values.subspan(m * n, n), parameters.data());
    }
  }
}

template <class T>
std::vector<Tensor> Engine<T>::tensors() const {
  std::vector<Tensor> result;
  for (const ParameterRange& range : plan.layout().ranges()) {
    const std::size_t n = range.n_values();
    std::vector<T> values(members.size() * n);
    for (std::size_t m = 0; m < members.size(); ++m) {
      plan.layout().read(range, members[m].data(), std::span<T>(values).subspan(m * n, n));
    }
    result.push_back({.name = range.name, .shape = shape_of(range, members.size()), .values = std::move(values)});
  }
  return result;
}

namespace {

/// A block of rows of the plan's capacity on its way through each member.
template <class T>
class Block {
 public:
  Block(const Engine<T>& engine, const Loss& loss)
      : engine_(engine),
        loss_(loss),
        units_(engine.plan.output().units),
        ld_(units_ == 1 ? 1 : padded<double>(units_)),
        stride_(padded<double>(engine.plan.capacity() * ld_)),
        arena_(engine.plan.arena_size()),
        linked_(engine.members.size() * stride_) {}

  void run(const T* features, std::size_t features_ld, std::size_t rows, Matrix& mixed, std::size_t first) {
    for (std::size_t m = 0; m < engine_.members.size(); ++m) run_member(m, features, features_ld, rows);
    for (std::size_t i = 0; i < rows; ++i) {
      const double* const row = linked_.data() + i * ld_;
      mix(loss_, {.values = row, .members = engine_.members.size(), .stride = stride_}, mixed.row(first + i));
    }
  }

 private:
  // The link is computed in float64 whatever the network is: 1 − p of a confident p would be 0 in float32.
  void run_member(std::size_t m, const T* features, std::size_t features_ld, std::size_t rows) {
    const Plan<T>& plan = engine_.plan;
    const Frame<T> frame{.rows = rows,
                         .parameters = engine_.members[m].data(),
                         .arena = arena_.data(),
                         .input = features,
                         .input_ld = features_ld};
    plan.forward(frame);
    const T* y = plan.outputs(frame);
    double* const l = linked_.data() + m * stride_;
    for (std::size_t i = 0; i < rows; ++i) {
      for (std::size_t k = 0; k < units_; ++k) l[i * ld_ + k] = static_cast<double>(y[i * plan.output().ld + k]);
    }
    loss_.link(l, ld_, rows, units_);
  }

  const Engine<T>& engine_;
  const Loss& loss_;
  std::size_t units_, ld_, stride_;  // of a row, and of a member
  AlignedVector<T> arena_;
  AlignedVector<double> linked_;
};

}  // namespace

template <class T>
void run_network(const Engine<T>& engine, const Loss& loss, const T* features, std::size_t ld, std::size_t rows,
                 Matrix& linked, std::size_t first) {
  const FlushDenormals flush;  // as in training, so that the figures shown there are these
  Block<T> block(engine, loss);
  const std::size_t capacity = engine.plan.capacity();
  for (std::size_t begin = 0; begin < rows; begin += capacity) {
    block.run(features + begin * ld, ld, std::min(capacity, rows - begin), linked, first + begin);
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
