// All kernels in double, compiled once for every target: foreach_target.h includes this file again and again.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/kernels_f64.cpp"

// clang-format off: the order matters
#include "kernels/disabled_targets.h"
#include "hwy/foreach_target.h"
// clang-format on

#include "kernels/table-inl.h"
#include "kernels/targets.h"

HWY_BEFORE_NAMESPACE();
namespace ffwd {
namespace HWY_NAMESPACE {

const Kernels<double>& table_f64() { return table<double>(); }

}  // namespace HWY_NAMESPACE
}  // namespace ffwd
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace ffwd {

HWY_EXPORT(table_f64);

template <>
const TargetTables<double>& target_tables<double>() {
  static const TargetTables<double> tables(HWY_DISPATCH_TABLE(table_f64));
  return tables;
}

}  // namespace ffwd
#endif
