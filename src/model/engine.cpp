#include "model/engine.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>

#include "core/denormals.h"
#include "core/names.h"
#include "core/raise.h"
#include "core/thread_pool.h"
#include "model/mixture.h"
#include "model/sparse_tensor.h"

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

std::size_t n_values(const Tensor& tensor) {
  return std::visit([](const auto& v) { return v.size(); }, tensor.values);
}

/// Numbers of a network, then masks: nothing else is of bytes.
struct Apart {
  std::span<const Tensor> numbers, masks;

  explicit Apart(std::span<const Tensor> tensors) {
    const auto is_mask = [](const Tensor& t) { return std::holds_alternative<std::vector<std::uint8_t>>(t.values); };
    const auto n = static_cast<std::size_t>(std::ranges::find_if(tensors, is_mask) - tensors.begin());
    numbers = tensors.first(n);
    masks = tensors.subspan(n);
  }
};

/// Takes the mask of the tensor `name` off the front, if that is whose it is.
const Tensor* take_mask(std::span<const Tensor>& masks, const std::string& name) {
  if (masks.empty() || masks.front().name != mask_name(name)) return nullptr;
  const Tensor* const mask = &masks.front();
  masks = masks.subspan(1);
  return mask;
}

// A plan of the network, once the tensors are known to fill it: a small file may claim a large network, and nothing
// of that size is to be allocated before. What a mask stands for is not known so soon, but how much it can be.
template <class T>
Plan<T> checked_plan(const NetworkSpec& network, std::span<const Tensor> tensors, const std::string& where) {
  const Apart apart(tensors);
  std::span<const Tensor> masks = apart.masks;
  std::size_t held = 0;
  for (const Tensor& tensor : apart.numbers) {
    const Tensor* const mask = take_mask(masks, tensor.name);
    held += mask != nullptr ? 8 * n_values(*mask) : n_values(tensor);
  }
  const std::size_t wanted = network.n_parameters() * network.members;
  if (apart.masks.empty() ? held != wanted : held < wanted) {
    refuse(where, "the network has " + std::to_string(wanted) + " parameters but the tensors hold " +
                      std::to_string(held) + " numbers");
  }
  return compile<T>(network, kPredictRows);
}

/// "h.weight" and "h.group1.weight" are of the layer "h".
bool is_of(const ParameterRange& range, const LayerSpec& layer) {
  const std::string_view name = range.name;
  if (!name.starts_with(layer.name + ".")) return false;
  const std::string_view rest = name.substr(layer.name.size() + 1);
  return rest.find('.') == std::string_view::npos || (layer.type == "units" && rest.starts_with("group"));
}

bool may_be_sparse(const ParameterRange& range) { return range.penalised() && range.matrix; }

/// The shape of a tensor that holds a range of each member.
std::vector<std::size_t> shape_of(const ParameterRange& range, std::size_t members) {
  std::vector<std::size_t> shape = range.shape;
  if (members > 1) shape.insert(shape.begin(), members);
  return shape;
}

/// A range of the network and the tensors that hold it.
template <class T>
struct HeldRange {
  std::vector<std::size_t> shape;
  const std::vector<T>& values;
  const Tensor* mask;  ///< null = all values are there
};

void require_shape(const Tensor& tensor, const std::vector<std::size_t>& shape, const std::string& where) {
  if (tensor.shape == shape) return;
  refuse(where, "tensor '" + shorten(tensor.name) + "' is " + shape_text(tensor.shape) + " but the network has " +
                    shape_text(shape));
}

template <class T>
HeldRange<T> held_range(const ParameterRange& range, std::size_t members, const Tensor& tensor,
                        std::span<const Tensor>& masks, const std::string& where) {
  if (tensor.name != range.name) {
    refuse(where,
           "tensor '" + shorten(range.name) + "' is missing, '" + shorten(tensor.name) + "' stands in its place");
  }
  std::vector<std::size_t> shape = shape_of(range, members);
  const Tensor* const mask = may_be_sparse(range) ? take_mask(masks, range.name) : nullptr;
  if (mask != nullptr) {
    require_shape(*mask, mask_shape(shape), where);
    if (tensor.shape.size() != 1) refuse(where, "tensor '" + shorten(tensor.name) + "' has a mask and is no list");
  } else {
    require_shape(tensor, shape, where);
  }
  const auto* const values = std::get_if<std::vector<T>>(&tensor.values);
  if (values == nullptr) refuse(where, "tensor '" + shorten(tensor.name) + "' is of another precision than the others");
  if (range.at_least_zero && std::ranges::any_of(*values, [](T value) { return value < 0; }))
    refuse(where, "tensor '" + shorten(tensor.name) + "' holds a number below 0");
  return {.shape = std::move(shape), .values = *values, .mask = mask};
}

// In their order as well: names stand outside the checksum, so two tensors of one shape with swapped names would go
// unnoticed otherwise.
template <class T>
std::vector<HeldRange<T>> held_ranges(std::span<const ParameterRange> ranges, std::size_t members,
                                      std::span<const Tensor> tensors, const std::string& where) {
  const Apart apart(tensors);
  std::span<const Tensor> masks = apart.masks;
  std::vector<HeldRange<T>> held;
  for (std::size_t k = 0; k < ranges.size(); ++k) {
    if (k == apart.numbers.size()) refuse(where, "tensor '" + shorten(ranges[k].name) + "' is missing");
    held.push_back(held_range<T>(ranges[k], members, apart.numbers[k], masks, where));
  }
  if (apart.numbers.size() > ranges.size() || !masks.empty()) {
    refuse(where, "there are tensors that the network does not have");
  }
  return held;
}

/// One for each plan, as what one leaves zero another may write to.
template <class T>
std::vector<AlignedVector<T>> arenas_of(const Engine<T>& engine) {
  std::vector<AlignedVector<T>> arenas;
  for (std::size_t m = 0; m < std::max<std::size_t>(1, engine.sparse_plans.size()); ++m) {
    arenas.emplace_back(engine.plan_of(m).arena_size());
  }
  return arenas;
}

/// A plan for each member that has a layer for which a sparse step is the quicker one; none if no member has.
template <class T>
std::vector<Plan<T>> plans_of_members(const NetworkSpec& network, const Plan<T>& plan,
                                      const std::vector<AlignedVector<T>>& members) {
  const auto is_sparse = [&](const AlignedVector<T>& parameters) {
    return std::ranges::any_of(plan.layout().ranges(), [&](const ParameterRange& range) {
      if (!range.penalised()) return false;
      const std::span<const T> stored(parameters.data() + range.offset, range.stored());
      const auto nonzero = static_cast<std::size_t>(std::ranges::count_if(stored, [](T w) { return w != 0; }));
      return 2 * nonzero < range.n_values();  // with fewer zeros no step is sparse
    });
  };
  std::vector<Plan<T>> plans;
  if (std::ranges::none_of(members, is_sparse)) return plans;
  for (const AlignedVector<T>& parameters : members) {
    plans.push_back(compile<T>(network, kPredictRows, PlanUse::kTraining, parameters.data()));
  }
  return plans;
}

}  // namespace

template <class T>
Engine<T>::Engine(const NetworkSpec& network, std::vector<AlignedVector<T>> trained)
    : plan(compile<T>(network, kPredictRows)),
      members(std::move(trained)),
      sparse_plans(plans_of_members(network, plan, members)) {}

template <class T>
Engine<T>::Engine(const NetworkSpec& network, std::span<const Tensor> tensors, const std::string& where)
    : plan(checked_plan<T>(network, tensors, where)) {
  const auto ranges = plan.layout().ranges();
  const std::vector<HeldRange<T>> held = held_ranges<T>(ranges, network.members, tensors, where);
  members.assign(network.members, AlignedVector<T>(plan.layout().size()));
  for (std::size_t k = 0; k < ranges.size(); ++k) {
    const HeldRange<T>& range = held[k];
    const std::vector<T> dense =
        range.mask != nullptr ? expanded(range.values, *range.mask, range.shape, where) : std::vector<T>();
    const std::span<const T> values = range.mask != nullptr ? dense : range.values;
    const std::size_t n = ranges[k].n_values();
    for (std::size_t m = 0; m < network.members; ++m) {
      plan.layout().write(ranges[k], values.subspan(m * n, n), members[m].data());
    }
  }
  sparse_plans = plans_of_members(network, plan, members);
}

template <class T>
std::vector<std::size_t> Engine<T>::nonzero(std::span<const LayerSpec> layers) const {
  std::vector<std::size_t> counts(layers.size());
  std::size_t at = 0;  // tensors come in the order of the layers, and are called after them
  for (const ParameterRange& range : plan.layout().ranges()) {
    while (at + 1 < layers.size() && !is_of(range, layers[at])) ++at;
    for (const AlignedVector<T>& member : members) {
      for (std::size_t i = 0; i < range.n_values(); ++i) counts[at] += member[range.position(i)] != 0 ? 1U : 0U;
    }
  }
  return counts;
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

template <class T>
std::vector<Tensor> Engine<T>::stored_tensors() const {
  std::vector<Tensor> all = tensors(), masks;
  const auto ranges = plan.layout().ranges();
  for (std::size_t k = 0; k < ranges.size(); ++k) {
    if (!may_be_sparse(ranges[k])) continue;
    StoredTensor form = stored(std::move(all[k]));
    all[k] = std::move(form.values);
    std::ranges::move(form.mask, std::back_inserter(masks));
  }
  std::ranges::move(masks, std::back_inserter(all));
  return all;
}

template <class T>
RowBlock<T>::RowBlock(const Engine<T>& engine, const Loss& loss)
    : engine_(engine),
      loss_(loss),
      units_(engine.plan.output().units),
      ld_(units_ == 1 ? 1 : padded<double>(units_)),
      stride_(padded<double>(engine.plan.capacity() * ld_)),
      arenas_(arenas_of(engine)),
      linked_(engine.members.size() * stride_) {}

template <class T>
void RowBlock<T>::run(const T* features, std::size_t features_ld, std::size_t rows, Matrix& mixed, std::size_t first) {
  for (std::size_t m = 0; m < engine_.members.size(); ++m) run_member(m, features, features_ld, rows);
  for (std::size_t i = 0; i < rows; ++i) {
    const double* const row = linked_.data() + i * ld_;
    mix(loss_, {.values = row, .members = engine_.members.size(), .stride = stride_}, mixed.row(first + i));
  }
}

// The link is computed in float64 whatever the network is: 1 − p of a confident p would be 0 in float32.
template <class T>
void RowBlock<T>::run_member(std::size_t m, const T* features, std::size_t features_ld, std::size_t rows) {
  const Plan<T>& plan = engine_.plan_of(m);
  const Frame<T> frame{.rows = rows,
                       .parameters = engine_.members[m].data(),
                       .arena = arenas_[arenas_.size() == 1 ? 0 : m].data(),
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

template <class T>
void run_network(const Engine<T>& engine, const Loss& loss, const T* features, std::size_t ld, std::size_t rows,
                 Matrix& linked, std::size_t first) {
  const FlushDenormals flush;  // as in training, so that the figures shown there are these
  RowBlock<T> block(engine, loss);
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
template class RowBlock<float>;
template class RowBlock<double>;
template void run_network(const Engine<float>&, const Loss&, const AlignedVector<float>&, std::size_t, unsigned,
                          Matrix&);
template void run_network(const Engine<double>&, const Loss&, const AlignedVector<double>&, std::size_t, unsigned,
                          Matrix&);
template void run_network(const Engine<float>&, const Loss&, const float*, std::size_t, std::size_t, Matrix&,
                          std::size_t);
template void run_network(const Engine<double>&, const Loss&, const double*, std::size_t, std::size_t, Matrix&,
                          std::size_t);

}  // namespace ffwd
