// How a program of bench/ is told what to run, and how it answers.
//
//   PROGRAM WORKLOAD [REPETITIONS] [--threads N] [--rows N]    all at once; one JSON line at the end
//   PROGRAM WORKLOAD --serve …                                 one repetition for each line of standard input
//
// A server answers each line with {"seconds": s}, and before the first one says {"workload": …, "loss_first": …,
// "loss_last": …}. While it waits it uses no time, so several can be timed in turn, repetition by repetition.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "workloads.h"

namespace bench {

/// Epochs of the training whose loss is reported: a repetition's, where that is a whole training.
[[nodiscard]] inline std::size_t loss_epochs(const Workload& w) { return w.starts_anew() ? w.epochs : 3; }

[[nodiscard]] inline double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

struct Arguments {
  std::string workload = "W3";
  std::size_t repetitions = 15;
  unsigned threads = 1;
  std::size_t rows = 0;  ///< as make_workload() takes it
  bool serve = false;
};

inline Arguments parse_arguments(int argc, char** argv) {
  Arguments a;
  int position = 0;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    const auto value = [&] { return ++i < argc ? count_from(argv[i]) : (refuse(word + " wants a number"), 0); };
    if (word == "--serve") {
      a.serve = true;
    } else if (word == "--threads") {
      a.threads = static_cast<unsigned>(value());
    } else if (word == "--rows") {
      a.rows = value();
    } else if (word.starts_with("--") || position > 1) {
      refuse("unknown argument '" + word + "'; known are WORKLOAD REPETITIONS --threads --rows --serve");
    } else if (position++ == 0) {
      a.workload = word;
    } else {
      a.repetitions = count_from(word);
    }
  }
  return a;
}

/// The mean loss over all rows, before training and after loss_epochs() epochs; of the first of several models.
struct Losses {
  double first = 0, last = 0;
};

/// The loop of a program: `while (turns.next()) turns.answer(seconds of one repetition);`
class Turns {
 public:
  /// `calls`: of what is timed, in one repetition; above 1 the answers say how many. `weights_hash`: of the weights
  /// that the last loss is of, if the program has one.
  Turns(Arguments arguments, std::string peer, std::string workload, std::optional<Losses> losses,
        std::size_t calls = 1, std::string weights_hash = {})
      : arguments_(std::move(arguments)),
        peer_(std::move(peer)),
        workload_(std::move(workload)),
        losses_(losses),
        calls_(calls),
        weights_hash_(std::move(weights_hash)) {
    if (arguments_.serve) print_line();
  }

  /// Waits for the next turn; false when there is none. Without --serve the first turn only warms up.
  [[nodiscard]] bool next() {
    if (arguments_.serve) return static_cast<bool>(std::getline(std::cin, line_));
    if (turn_++ <= arguments_.repetitions) return true;
    print_line();
    return false;
  }

  void answer(double seconds) {
    if (arguments_.serve) {
      std::printf("{\"seconds\": %.9g}\n", seconds);
      std::fflush(stdout);
    } else if (turn_ > 1) {
      times_.push_back(seconds);
    }
  }

 private:
  void print_line() {
    std::printf("{\"workload\": \"%s\", \"peer\": \"%s\", \"threads\": %u", workload_.c_str(), peer_.c_str(),
                arguments_.threads);
    if (calls_ > 1) std::printf(", \"calls\": %zu", calls_);
    if (!weights_hash_.empty()) std::printf(", \"weights_hash\": \"%s\"", weights_hash_.c_str());
    if (!times_.empty()) print_times();
    if (losses_) std::printf(", \"loss_first\": %.6g, \"loss_last\": %.6g", losses_->first, losses_->last);
    std::printf("}\n");
    std::fflush(stdout);
  }

  void print_times() {
    std::printf(", \"reps\": %zu, \"times\": [", times_.size());
    for (std::size_t i = 0; i < times_.size(); ++i) std::printf("%s%.9g", i == 0 ? "" : ", ", times_[i]);
    std::sort(times_.begin(), times_.end());
    const std::size_t n = times_.size();
    std::printf("], \"min_s\": %.9g, \"median_s\": %.9g", times_[0], (times_[(n - 1) / 2] + times_[n / 2]) / 2);
  }

  Arguments arguments_;
  std::string peer_, workload_, line_;
  std::optional<Losses> losses_;
  std::size_t calls_, turn_ = 0;
  std::string weights_hash_;
  std::vector<double> times_;
};

}  // namespace bench
