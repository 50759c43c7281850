#include "table/csv_delimiter.h"

#include <cstddef>
#include <utility>

#include "table/csv_records.h"

namespace ffwd {

namespace {

constexpr std::size_t kSampleRecords = 100;

/// How well a delimiter fits: records that agree with the header, then fields of the header. A broken record ends the
/// sample: what is wrong with it is reported when the table is read.
std::pair<std::size_t, std::size_t> fit(std::string_view text, char delimiter) {
  CsvRecords records(text, delimiter);
  if (!records.next()) return {0, 0};
  const std::size_t n_header = records.n_fields();
  std::size_t n_agreeing = 0;
  for (std::size_t k = 0; k < kSampleRecords && records.next(); ++k)
    if (records.n_fields() == n_header) ++n_agreeing;
  return {n_agreeing, n_header};
}

}  // namespace

char find_delimiter(std::string_view text) {
  char best = ',';
  std::pair<std::size_t, std::size_t> best_fit{0, 1};
  for (const char candidate : {',', ';', '\t', '|'}) {
    const auto candidate_fit = fit(text, candidate);
    if (candidate_fit.second < 2 || candidate_fit <= best_fit) continue;
    best = candidate;
    best_fit = candidate_fit;
  }
  return best;
}

}  // namespace ffwd
