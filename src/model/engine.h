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
  /// `tensors` as stored_tensors() gives them: in the order of the layers, masks behind. All are checked before
  /// anything of their size is made, but for the 32 bytes that a byte of a mask can ask for, 64 in float64.
  /// @throws Error(kModel) a tensor that is missing, left over, out of its order, or of another shape or precision than
  /// the network's; a mask that does not fit its weights.
  Engine(const NetworkSpec& network, std::span<const Tensor> tensors, const std::string& where);

  Plan<T> plan;
  std::vector<AlignedVector<T>> members;  ///< the parameters of each; one at least
  /// A plan for each member, where one of them has a layer that is quicker sparse; else none: `plan` is for all.
  std::vector<Plan<T>> sparse_plans;

  /// The plan to predict with.
  [[nodiscard]] const Plan<T>& plan_of(std::size_t member) const {
    return sparse_plans.empty() ? plan : sparse_plans[member];
  }
  /// For each of these layers how many of its numbers are not zero, in all members together.
  [[nodiscard]] std::vector<std::size_t> nonzero(std::span<const LayerSpec> layers) const;
  /// With a leading axis of members where there are several.
  [[nodiscard]] std::vector<Tensor> tensors() const;
  /// The same in the forms that take the least room, and behind them the masks of those that are sparse.
  [[nodiscard]] std::vector<Tensor> stored_tensors() const;
};

using AnyEngine = std::variant<Engine<float>, Engine<double>>;

/// Up to a plan's capacity of rows on their way through each member. Allocates nothing once made.
template <class T>
class RowBlock {
 public:
  /// Holds on to both.
  RowBlock(const Engine<T>& engine, const Loss& loss);
  /// As run_network(), for rows up to the capacity of the engine's plan; denormals are as the caller has them.
  void run(const T* features, std::size_t features_ld, std::size_t rows, Matrix& mixed, std::size_t first);

 private:
  void run_member(std::size_t m, const T* features, std::size_t features_ld, std::size_t rows);

  const Engine<T>& engine_;
  const Loss& loss_;
  std::size_t units_, ld_, stride_;  // of a row, and of a member
  std::vector<AlignedVector<T>> arenas_;
  AlignedVector<double> linked_;
};

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
