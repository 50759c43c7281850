// The counters, and the tests that they see what they are to count.
#include "allocation/counting.h"

#include <dlfcn.h>
#include <gtest/gtest.h>
#include <pthread.h>

#include <atomic>
#include <cstdlib>
#include <functional>
#include <memory>
#include <mutex>
#include <new>
#include <thread>

#include "core/aligned.h"

namespace {

std::atomic<std::size_t> allocations{0};
thread_local std::size_t locks = 0;

void* counted_allocation(void* memory) {
  ++allocations;
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

}  // namespace

void* operator new(std::size_t size) { return counted_allocation(std::malloc(size == 0 ? 1 : size)); }
void* operator new[](std::size_t size) { return operator new(size); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  const auto unit = static_cast<std::size_t>(alignment);
  return counted_allocation(std::aligned_alloc(unit, (size + unit - 1) / unit * unit));
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

extern "C" int pthread_mutex_lock(pthread_mutex_t* mutex) noexcept {
  ++locks;
  using Lock = int (*)(pthread_mutex_t*);
  static const Lock next = reinterpret_cast<Lock>(dlsym(RTLD_NEXT, "pthread_mutex_lock"));
  return next(mutex);
}

namespace ffwd {

Counts counted() { return {.allocations = allocations, .locks = locks}; }

namespace {

// Compilers may leave out what nobody looks at.
const void* volatile seen = nullptr;

TEST(Counting, SeesWhatIsAllocatedAndLocked) {
  const Since start;
  EXPECT_EQ(start.allocations(), 0U);
  const auto one = std::make_unique<int>(1);
  seen = one.get();
  EXPECT_EQ(start.allocations(), 1U);
  const AlignedVector<float> aligned(100);
  seen = aligned.data();
  EXPECT_EQ(start.allocations(), 2U);
  const auto array = std::make_unique<int[]>(3);
  seen = array.get();
  EXPECT_EQ(start.allocations(), 3U);
  const auto captures = [a = 1L, b = 2L, c = 3L](long d) { return a + b + c + d; };
  const std::function<long(long)> function = captures;
  seen = &function;
  EXPECT_EQ(start.allocations(), 4U);
  EXPECT_EQ(start.locks(), 0U);
  std::mutex mutex;
  {
    const std::lock_guard lock(mutex);
  }
  EXPECT_EQ(start.locks(), 1U);
}

TEST(Counting, SeesOtherThreads) {
  const Since start;
  std::unique_ptr<int> one;
  std::thread([&] { one = std::make_unique<int>(1); }).join();
  seen = one.get();
  EXPECT_GE(start.allocations(), 2U);  // the thread's own state, and the number
}

}  // namespace
}  // namespace ffwd
