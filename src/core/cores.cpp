// How many cores this process may use, which in a container is often fewer than the machine has.
#include <sched.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>

#include "core/thread_pool.h"

namespace ffwd {
namespace {

unsigned affinity_cores() {
  cpu_set_t set;
  CPU_ZERO(&set);
  if (sched_getaffinity(0, sizeof set, &set) == 0) return static_cast<unsigned>(CPU_COUNT(&set));
  return std::max(1u, std::thread::hardware_concurrency());
}

// cgroup v2: "max 100000" or "150000 100000" (microseconds granted per period).
unsigned quota_cores() {
  std::ifstream file("/sys/fs/cgroup/cpu.max");
  std::string granted;
  double period = 0;
  if (!(file >> granted >> period) || granted == "max" || period <= 0) return kMaxThreads;
  const double cores = std::strtod(granted.c_str(), nullptr) / period;
  return cores < 1 ? 1 : static_cast<unsigned>(std::min<double>(cores, kMaxThreads));
}

}  // namespace

unsigned available_cores() { return std::clamp(std::min(affinity_cores(), quota_cores()), 1u, kMaxThreads); }

unsigned thread_count(unsigned wanted) { return wanted == 0 ? available_cores() : std::min(wanted, kMaxThreads); }

}  // namespace ffwd
