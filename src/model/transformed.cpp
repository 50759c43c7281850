#include <algorithm>

#include "core/large_pages.h"
#include "core/thread_pool.h"
#include "model/parts.h"

namespace ffwd {

namespace {

/// Many rows at a time, as what is prepared for a chunk, such as each distinct date, then serves more of them; but some
/// chunks for each thread.
std::size_t rows_of_a_chunk(std::size_t n_rows, unsigned threads) {
  constexpr std::size_t kChunksPerThread = 8, kMostRows = 65536;
  return std::clamp(n_rows / (kChunksPerThread * threads), kChunkRows, kMostRows);
}

}  // namespace

FarValues far_values(const std::string& column, const Unseen& far, const ValueRange& range) {
  return {.column = column,
          .n_rows = far.n_rows,
          .example = far.example,
          .low = range.low,
          .high = range.high,
          .least = range.least,
          .most = range.most,
          .bounded = range.bounded};
}

void merge(const UnseenByColumn& more, UnseenByColumn& into) {
  for (const auto& [column, unseen] : more) {
    Unseen& sum = into[column];
    if (sum.n_rows == 0) sum.example = unseen.example;
    sum.n_rows += unseen.n_rows;
  }
}

template <class T>
AlignedVector<T> transformed(const Pipeline& pipeline, const Table& table, std::span<const RowIndex> rows,
                             unsigned threads, UnseenByColumn& unseen) {
  const std::size_t ld = padded<T>(pipeline.n_features());
  AlignedVector<T> features;
  features.reserve(rows.size() * ld);
  prefer_large_pages(features.data(), rows.size() * ld * sizeof(T));
  features.resize(rows.size() * ld);
  const std::size_t chunk_rows = rows_of_a_chunk(rows.size(), thread_count(threads));
  const std::size_t chunks = (rows.size() + chunk_rows - 1) / chunk_rows;
  std::vector<UnseenByColumn> counts(chunks);
  parallel_for(thread_count(threads), chunks, [&](std::size_t chunk, unsigned) {
    const std::size_t begin = chunk * chunk_rows;
    const auto part = rows.subspan(begin, std::min(chunk_rows, rows.size() - begin));
    pipeline.transform(table, part, features.data() + begin * ld, ld, counts[chunk]);
  });
  for (const UnseenByColumn& count : counts) merge(count, unseen);
  return features;
}

template AlignedVector<float> transformed(const Pipeline&, const Table&, std::span<const RowIndex>, unsigned,
                                          UnseenByColumn&);
template AlignedVector<double> transformed(const Pipeline&, const Table&, std::span<const RowIndex>, unsigned,
                                           UnseenByColumn&);

}  // namespace ffwd
