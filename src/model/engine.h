// Engine: a compiled network with the weights of each of its members, ready to predict.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "core/aligned.h"
#include "ffwd/matrix.h"
#include "file/safetensors.h"
#include "loss/loss.h"
#include "network/compile.h"

namespace ffwd {

/// Rows that go through the network at once while predicting: their activations stay in cache.
inline constexpr std::size_t kPredictRows = 64;

/// Rows that one thread prepares or predicts at a time.
inline constexpr std::size_t kChunkRows = 2048;

template <class T>
struct Engine {
  /// `members`: the parameters of each, as the trainer left them; the layout of a plan does not depend on its capacity.
  Engine(const NetworkSpec& network, std::vector<AlignedVector<T>> members);
  /// `tensors` in the order of the layers. All are checked before anything of their size is made.
  /// @throws Error(kModel) a tensor that is missing, left over, out of its order, or of another shape or precision than
  /// the network's.
  Engine(const NetworkSpec& network, std::span<const Tensor> tensors, const std::string& where);

  Plan<T> plan;
  std::vector<AlignedVector<T>> members;  ///< the parameters of each; one at least

  /// With a leading axis of members where there are several.
  [[nodiscard]] std::vector<Tensor> tensors() const;
};

using AnyEngine = std::variant<Engine<float>, Engine<double>>;

/// Raw outputs after the likelihood's link, those of members mixed (mixture.h), for rows of features with stride `ld`
/// (aligned, padded with zeros), into `linked` from row `first` on. A row's bits do not depend on the others. Safe from
/// several threads.
template <class T>
void run_network(const Engine<T>& engine, const Loss& loss, const T* features, std::size_t ld, std::size_t rows,
                 Matrix& linked, std::size_t first);

/// The same for all rows of `linked`, chunks of them on several threads (0 = as many as the machine grants).
template <class T>
void run_network(const Engine<T>& engine, const Loss& loss, const AlignedVector<T>& features, std::size_t ld,
                 unsigned threads, Matrix& linked);

}  // namespace ffwd
