// The tables of all targets, gathered for the choice among them. Private to this folder.
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "kernels/kernels.h"

// clang-format off: the order matters
#include "kernels/disabled_targets.h"
#include "hwy/targets.h"
// clang-format on

namespace ffwd {

/// Tables that this build has and this machine can run, best first.
template <class T>
class TargetTables {
 public:
  /// `functions` is what HWY_EXPORT made of a function that returns its target's table.
  template <std::size_t kCount>
  explicit TargetTables(const Kernels<T>& (*const (&functions)[kCount])()) {
    for (const auto target : hwy::SupportedAndGeneratedTargets()) {
      hwy::ChosenTarget chosen;
      chosen.Update(target);
      tables_[count_++] = &functions[kCount == 1 ? 0 : chosen.GetIndex()]();
    }
  }
  [[nodiscard]] std::span<const Kernels<T>* const> get() const { return {tables_.data(), count_}; }

 private:
  std::array<const Kernels<T>*, 8> tables_{};
  std::size_t count_ = 0;
};

template <class T>
[[nodiscard]] const TargetTables<T>& target_tables();

}  // namespace ffwd
