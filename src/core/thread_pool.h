// A small pool of threads for independent tasks of similar size.
//
// Which thread runs a task is left to chance; results must not depend on it, so tasks write to places of their own and
// sums are added afterwards in task order. Workers start at the first use that needs them, survive until the process
// ends, and are started anew in a forked child.
#pragma once

#include <cstddef>
#include <functional>

namespace ffwd {

/// Cores this process may use: affinity mask and cgroup quota, at least 1.
[[nodiscard]] unsigned available_cores();

/// `wanted` threads, or all available cores when 0; never more than kMaxThreads.
[[nodiscard]] unsigned thread_count(unsigned wanted);
inline constexpr unsigned kMaxThreads = 256;

/// Runs task(0) … task(n_tasks − 1) on at most `threads` threads, the caller's included, and returns when all are done.
/// `worker` is in [0, threads) and no two tasks run with the same one at a time: scratch memory can be chosen by it.
/// If tasks raise, the error of the lowest task number is raised again here; later tasks may have been skipped.
/// A call from inside a task runs on the calling thread alone, and so does one that comes while the pool works for
/// another thread.
void parallel_for(unsigned threads, std::size_t n_tasks,
                  const std::function<void(std::size_t task, unsigned worker)>& task);

}  // namespace ffwd
