#include "model/replayed_split.h"

#include <cstdint>
#include <vector>

#include "dataset/group_split.h"
#include "model/preparation.h"
#include "pipeline/row_weights.h"

namespace ffwd {
namespace {

struct Shares {
  double valid, test;
};

struct Sizes {
  std::size_t train, valid, test;
};

Sizes recorded_sizes(const Json& training) {
  const Json& rows = training.at("rows");
  return {rows.at("train").get<std::size_t>(), rows.at("valid").get<std::size_t>(), rows.at("test").get<std::size_t>()};
}

Split cut_by(const CutRequest& cut, Shares share, std::uint64_t seed) {
  if (!cut.group.empty()) {
    return split_groups(cut.rows, row_groups(cut.data, *cut.data.find(cut.group), cut.rows), share.valid, share.test,
                        seed);
  }
  return split_rows(cut.rows, strata(cut.targets, cut.data, cut.rows), share.valid, share.test, seed);
}

/// Shares that may have been asked for when the model was trained: what was kept, of all rows; and, as groups make that
/// more or less than what was asked for, the usual shares and round ones. None if the rows are not as many.
std::vector<Shares> likely_shares(const CutRequest& cut, const Sizes& had) {
  const std::size_t n = cut.rows.size();
  const bool cut_both = n == had.train + had.valid + had.test;
  const bool cut_valid = cut_both || n == had.train + had.valid, cut_test = cut_both || n == had.train + had.test;
  if (!cut_valid && !cut_test && n != had.train) return {};
  const auto share_of = [n](std::size_t rows) { return static_cast<double>(rows) / static_cast<double>(n); };
  const Shares kept{cut_valid ? share_of(had.valid) : 0, cut_test ? share_of(had.test) : 0};
  if (cut.group.empty()) return {kept};
  std::vector<Shares> likely = {{cut_valid ? kUsualValidShare : 0, cut_test ? kUsualTestShare : 0}, kept};
  constexpr int kSteps = 10;
  for (int valid = 0; valid <= (cut_valid ? kSteps : 0); ++valid) {
    for (int test = 0; test <= (cut_test ? kSteps : 0); ++test) likely.push_back({valid * 0.05, test * 0.05});
  }
  return likely;
}

bool is_as_recorded(const Split& split, const Sizes& had) {
  // What is not in this table then came from a table of its own.
  const auto fits = [](std::size_t now, std::size_t then) { return now == then || now == 0; };
  return split.train.size() == had.train && fits(split.valid.size(), had.valid) && fits(split.test.size(), had.test);
}

}  // namespace

ReplayedSplit replay_split(const CutRequest& cut, const Json& training) {
  const Sizes had = recorded_sizes(training);
  const auto seed = training.at("seed").get<std::uint64_t>();
  if (!cut.valid_fraction && !cut.test_fraction) {
    for (const Shares& share : likely_shares(cut, had)) {
      if (share.valid + share.test >= 1) continue;
      Split split = cut_by(cut, share, seed);
      if (is_as_recorded(split, had)) return {.split = std::move(split), .as_trained = true};
    }
  }
  const bool small = cut.rows.size() < kFewRows;
  const Shares share{cut.has_valid ? 0 : cut.valid_fraction.value_or(small ? 0 : kUsualValidShare),
                     cut.has_test ? 0 : cut.test_fraction.value_or(small ? 0 : kUsualTestShare)};
  ReplayedSplit made{.split = cut_by(cut, share, seed)};
  made.as_trained = is_as_recorded(made.split, had);
  return made;
}

}  // namespace ffwd
