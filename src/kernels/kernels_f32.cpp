// All kernels in float, compiled once for every target: foreach_target.h includes this file again and again.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/kernels_f32.cpp"

// clang-format off: the order matters
#include "kernels/disabled_targets.h"
#include "hwy/foreach_target.h"
// clang-format on

#include "kernels/table-inl.h"
#include "kernels/targets.h"

HWY_BEFORE_NAMESPACE();
namespace ffwd {
namespace HWY_NAMESPACE {

const Kernels<float>& table_f32() { return table<float>(); }

}  // namespace HWY_NAMESPACE
}  // namespace ffwd
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace ffwd {

HWY_EXPORT(table_f32);

template <>
const TargetTables<float>& target_tables<float>() {
  static const TargetTables<float> tables(HWY_DISPATCH_TABLE(table_f32));
  return tables;
}

}  // namespace ffwd
#endif
