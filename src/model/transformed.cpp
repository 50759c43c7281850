#include <algorithm>
#include <utility>
#include <vector>

#include "core/large_pages.h"
#include "core/thread_pool.h"
#include "model/parts.h"
#include "pipeline/column_encoder.h"
#include "table/column_store.h"

namespace ffwd {

namespace {

/// Many rows at a time, as what is prepared for a chunk, such as each distinct date, then serves more of them; but some
/// chunks for each thread.
std::size_t rows_of_a_chunk(std::size_t n_rows, unsigned threads) {
  constexpr std::size_t kChunksPerThread = 8, kMostRows = 65536;
  return std::clamp(n_rows / (kChunksPerThread * threads), kChunkRows, kMostRows);
}

template <class T>
AlignedVector<T> zeros(std::size_t n) {
  AlignedVector<T> values;
  values.reserve(n);
  prefer_large_pages(values.data(), n * sizeof(T));
  values.resize(n);
  return values;
}

/// The columns of `table` that the pipeline reads, as far as they are there.
std::vector<std::size_t> columns_of(const Pipeline& pipeline, const Table& table) {
  std::vector<std::size_t> columns;
  for (const auto& encoder : pipeline.encoders())
    if (const auto k = table.find(encoder->column())) columns.push_back(*k);
  return columns;
}

/// The rows of a list that stand in a piece of their table, by their numbers within it.
class RowsOfPiece {
 public:
  RowsOfPiece(RowList list, const Table& piece, bool is_all) : rows_(list) {
    if (is_all) return;
    const auto place_of = [&](std::size_t row) {
      return static_cast<std::size_t>(std::ranges::lower_bound(list, row) - list.begin());
    };
    begin_ = place_of(piece.first_row);
    const RowList found = list.subspan(begin_, place_of(piece.first_row + piece.n_rows()) - begin_);
    for (const RowIndex row : found) own_.push_back(static_cast<RowIndex>(row - piece.first_row));
    rows_ = own_;
  }
  RowsOfPiece(const RowsOfPiece&) = delete;
  RowsOfPiece& operator=(const RowsOfPiece&) = delete;

  /// The place of the first of them in the list.
  [[nodiscard]] std::size_t begin() const { return begin_; }
  [[nodiscard]] RowList rows() const { return rows_; }

 private:
  std::size_t begin_ = 0;
  std::vector<RowIndex> own_;
  RowList rows_;
};

template <class T>
void encode_rows(const Pipeline& pipeline, const Table& piece, RowList rows, T* out, std::size_t ld, unsigned threads,
                 UnseenByColumn& unseen) {
  const std::size_t chunk_rows = rows_of_a_chunk(rows.size(), thread_count(threads));
  const std::size_t chunks = (rows.size() + chunk_rows - 1) / chunk_rows;
  std::vector<UnseenByColumn> counts(chunks);
  parallel_for(thread_count(threads), chunks, [&](std::size_t chunk, unsigned) {
    const std::size_t begin = chunk * chunk_rows;
    const auto part = rows.subspan(begin, std::min(chunk_rows, rows.size() - begin));
    pipeline.transform(piece, part, out + begin * ld, ld, counts[chunk]);
  });
  for (const UnseenByColumn& count : counts) merge(count, unseen);
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
std::vector<AlignedVector<T>> transformed_lists(const Pipeline& pipeline, const Table& table,
                                                std::span<const RowList> lists, unsigned threads,
                                                UnseenByColumn& unseen) {
  const std::size_t ld = padded<T>(pipeline.n_features());
  std::vector<AlignedVector<T>> features;
  for (const RowList& rows : lists) features.push_back(zeros<T>(rows.size() * ld));
  std::vector<UnseenByColumn> of_parts(n_parts(table));
  for_each_piece(table, columns_of(pipeline, table), thread_count(threads), [&](std::size_t part, const Table& piece) {
    for (std::size_t k = 0; k < lists.size(); ++k) {
      const RowsOfPiece rows(lists[k], piece, &piece == &table);
      encode_rows(pipeline, piece, rows.rows(), features[k].data() + rows.begin() * ld, ld, threads, of_parts[part]);
    }
  });
  for (const UnseenByColumn& of_part : of_parts) merge(of_part, unseen);
  return features;
}

template <class T>
AlignedVector<T> transformed(const Pipeline& pipeline, const Table& table, std::span<const RowIndex> rows,
                             unsigned threads, UnseenByColumn& unseen) {
  return std::move(transformed_lists<T>(pipeline, table, std::span(&rows, 1), threads, unseen)[0]);
}

template std::vector<AlignedVector<float>> transformed_lists(const Pipeline&, const Table&, std::span<const RowList>,
                                                             unsigned, UnseenByColumn&);
template std::vector<AlignedVector<double>> transformed_lists(const Pipeline&, const Table&, std::span<const RowList>,
                                                              unsigned, UnseenByColumn&);
template AlignedVector<float> transformed(const Pipeline&, const Table&, std::span<const RowIndex>, unsigned,
                                          UnseenByColumn&);
template AlignedVector<double> transformed(const Pipeline&, const Table&, std::span<const RowIndex>, unsigned,
                                           UnseenByColumn&);

}  // namespace ffwd
