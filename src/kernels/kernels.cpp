#include "kernels/kernels.h"

#include <algorithm>
#include <atomic>
#include <span>
#include <string_view>
#include <vector>

#include "kernels/targets.h"

namespace ffwd {
namespace {

/// Null until first asked for, or after force_target("").
template <class T>
std::atomic<const Kernels<T>*>& chosen() {
  static constinit std::atomic<const Kernels<T>*> table = nullptr;
  return table;
}

template <class T>
bool choose(std::string_view name) {
  const auto tables = target_tables<T>().get();
  const auto found = std::ranges::find(tables, name, &Kernels<T>::target);
  if (found == tables.end()) return false;
  chosen<T>().store(*found, std::memory_order_release);
  return true;
}

}  // namespace

template <class T>
const Kernels<T>& kernels() {
  const Kernels<T>* table = chosen<T>().load(std::memory_order_acquire);
  if (!table) {
    table = target_tables<T>().get().front();
    chosen<T>().store(table, std::memory_order_release);
  }
  return *table;
}
template const Kernels<float>& kernels<float>();
template const Kernels<double>& kernels<double>();

bool force_target(std::string_view name) {
  if (name.empty()) name = targets().front();
  return choose<float>(name) && choose<double>(name);
}

std::span<const std::string_view> targets() {
  static const std::vector<std::string_view> names = [] {
    std::vector<std::string_view> all;
    for (const auto* table : target_tables<float>().get()) all.push_back(table->target);
    return all;
  }();
  return names;
}

}  // namespace ffwd
