#include "core/thread_pool.h"

#include <pthread.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>

namespace ffwd {
namespace {

thread_local bool inside_a_task = false;

struct InsideATask {
  InsideATask() { inside_a_task = true; }
  ~InsideATask() { inside_a_task = false; }
  InsideATask(const InsideATask&) = delete;
  InsideATask& operator=(const InsideATask&) = delete;
};

// One call of parallel_for. Workers and the caller take task numbers from one counter.
struct Job {
  const std::function<void(std::size_t, unsigned)>* task = nullptr;
  std::size_t n_tasks = 0;
  unsigned threads = 0;
  std::atomic<std::size_t> next{0};
  std::atomic<std::size_t> failed_task{SIZE_MAX};
  std::exception_ptr error;
  std::mutex error_mutex;

  void run(unsigned worker) {
    for (;;) {
      const std::size_t k = next.fetch_add(1);
      if (k >= n_tasks || k > failed_task.load()) return;
      try {
        (*task)(k, worker);
      } catch (...) {
        const std::lock_guard lock(error_mutex);
        if (k < failed_task.load()) {
          failed_task = k;
          error = std::current_exception();
        }
      }
    }
  }
};

class Pool {
 public:
  /// False, and nothing done, while the pool works for another caller: that may take as long as a training.
  bool try_run(Job& job) {
    const std::unique_lock one_job_at_a_time(job_mutex_, std::try_to_lock);
    if (!one_job_at_a_time) return false;
    {
      const std::lock_guard lock(mutex_);
      start_workers(job.threads - 1);
      job_ = &job;
      wanted_ = std::min(job.threads - 1, n_workers_);
      running_ = 0;
      ++generation_;
    }
    wake_.notify_all();
    job.run(0);
    std::unique_lock lock(mutex_);
    job_ = nullptr;  // workers that have not looked yet find nothing to do
    done_.wait(lock, [&] { return running_ == 0; });
    return true;
  }

 private:
  // Where the system grants no more threads, those there are do the work.
  void start_workers(unsigned wanted) {
    for (; n_workers_ < wanted; ++n_workers_) {
      try {
        std::thread([this, id = n_workers_ + 1] { work(id); }).detach();  // they sleep until the process ends
      } catch (const std::system_error&) {
        return;
      }
    }
  }

  void work(unsigned id) {
    inside_a_task = true;
    std::uint64_t seen = 0;
    std::unique_lock lock(mutex_);
    for (;;) {
      wake_.wait(lock, [&] { return job_ != nullptr && generation_ != seen && id <= wanted_; });
      seen = generation_;
      Job& job = *job_;
      ++running_;
      lock.unlock();
      job.run(id);
      lock.lock();
      if (--running_ == 0) done_.notify_all();
    }
  }

  std::mutex job_mutex_;
  std::mutex mutex_;
  std::condition_variable wake_, done_;
  unsigned n_workers_ = 0;
  Job* job_ = nullptr;
  unsigned wanted_ = 0;
  unsigned running_ = 0;
  std::uint64_t generation_ = 0;
};

// Never destroyed: detached workers may still sleep in it while the process ends. A forked child has none of the
// parent's threads, so it forgets the parent's pool and makes its own.
std::atomic<Pool*> pool{nullptr};

Pool& the_pool() {
  static const int registered = pthread_atfork(nullptr, nullptr, [] { pool = nullptr; });
  static_cast<void>(registered);
  Pool* found = pool.load();
  if (found == nullptr) {
    auto* made = new Pool;
    if (pool.compare_exchange_strong(found, made)) return *made;
    delete made;
  }
  return *found;
}

}  // namespace

void parallel_for(unsigned threads, std::size_t n_tasks,
                  const std::function<void(std::size_t task, unsigned worker)>& task) {
  Job job;
  job.task = &task;
  job.n_tasks = n_tasks;
  job.threads = static_cast<unsigned>(std::min<std::size_t>(std::max(threads, 1u), n_tasks));
  if (job.threads <= 1 || inside_a_task) {
    job.run(0);
  } else {
    const InsideATask inside;
    if (!the_pool().try_run(job)) job.run(0);
  }
  if (job.error) std::rethrow_exception(job.error);
}

}  // namespace ffwd
