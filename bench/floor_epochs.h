// What the floors of the larger workloads share: the order of rows, and the loop over epochs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <numeric>
#include <utility>
#include <vector>

#include "lanes.h"
#include "repetitions.h"
#include "workloads.h"

namespace bench {

/// Rows in an order that a fast, simple generator (xorshift) changes for each epoch.
class RowOrder {
 public:
  explicit RowOrder(std::size_t rows) : rows_(rows) { std::iota(rows_.begin(), rows_.end(), 0u); }

  void shuffle() {
    for (std::size_t i = rows_.size() - 1; i > 0; --i) {
      random_ ^= random_ << 13;
      random_ ^= random_ >> 7;
      random_ ^= random_ << 17;
      std::swap(rows_[i], rows_[static_cast<std::size_t>((static_cast<unsigned __int128>(random_) * (i + 1)) >> 64)]);
    }
  }

  [[nodiscard]] const std::uint32_t* from(std::size_t row) const { return &rows_[row]; }

 private:
  std::vector<std::uint32_t> rows_;
  std::uint64_t random_ = 88172645463325252u;
};

/// `Network` is made from a workload and has loss(), the mean over all rows, and run_epoch().
template <class Network>
void run_floor(const Arguments& arguments, const Workload& w, const char* peer) {
  flush_denormals();
  Losses losses;
  {
    Network network(w);
    losses.first = network.loss();
    for (std::size_t e = 0; e < loss_epochs(w); ++e) network.run_epoch();
    losses.last = network.loss();
  }
  Network network(w);
  Turns turns(arguments, peer, w.name, losses);
  // What is left over of the last batch is not trained on; the time is taken to all rows.
  const auto trained = static_cast<double>(w.rows / w.batch * w.batch);
  while (turns.next()) {
    const double began = now();
    network.run_epoch();
    turns.answer((now() - began) * static_cast<double>(w.rows) / trained);
  }
}

}  // namespace bench
