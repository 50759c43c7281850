#include "cli/signals.h"

#include <signal.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstddef>

namespace ffwd {
namespace {

enum Phase : int { kEndAtOnce, kSoft, kHeld };

// A handler can reach nothing but globals. Lock-free atomics may be used in it.
std::atomic<int> phase{kEndAtOnce};
std::atomic<int> noted{0};  // the first signal that came
std::atomic<int> n_come{0};

constexpr std::array<int, 3> kSignals = {SIGINT, SIGTERM, SIGHUP};  // the last: the terminal is gone
std::array<struct sigaction, kSignals.size()> earlier;

extern "C" void on_stop_signal(int number) {
  int none = 0;
  noted.compare_exchange_strong(none, number);
  const int n = ++n_come;
  if (n <= (phase == kSoft ? 1 : phase == kHeld ? 2 : 0)) return;
  ::_exit(128 + number);
}

}  // namespace

StopSignals::StopSignals() {
  static_assert(std::atomic<int>::is_always_lock_free);
  phase = kEndAtOnce;
  noted = 0;
  n_come = 0;
  struct sigaction action{};
  action.sa_handler = on_stop_signal;
  action.sa_flags = SA_RESTART;
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    ::sigaction(kSignals[i], nullptr, &earlier[i]);
    if (earlier[i].sa_handler != SIG_IGN) ::sigaction(kSignals[i], &action, nullptr);
  }
}

StopSignals::~StopSignals() {
  for (std::size_t i = 0; i < kSignals.size(); ++i) ::sigaction(kSignals[i], &earlier[i], nullptr);
}

bool StopSignals::requested() const { return noted != 0; }

int StopSignals::exit_code() const { return noted == 0 ? 0 : 128 + noted; }

StopSignals::Soft::Soft() : before_(phase.exchange(kSoft)) {}
StopSignals::Soft::~Soft() { phase = before_; }

StopSignals::Held::Held() : before_(phase.exchange(kHeld)) {}
StopSignals::Held::~Held() { phase = before_; }

}  // namespace ffwd
