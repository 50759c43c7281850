#include "table/csv_conversion.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "core/thread_pool.h"
#include "table/csv_fault.h"
#include "table/csv_records.h"

namespace ffwd {

namespace {

using Builders = std::vector<ColumnBuilder>;

Builders make_builders(std::span<const PendingColumn> pending, std::size_t n_rows) {
  Builders builders;
  builders.reserve(pending.size());
  for (const PendingColumn& column : pending) builders.emplace_back(column.plan, n_rows);
  return builders;
}

/// Row by row, so that the fault reported is the first.
Builders convert_range(const CsvJob& job, const CsvRange& range, std::span<const PendingColumn> pending) {
  Builders builders = make_builders(pending, range.n_rows);
  CsvRecords records(job.text, job.delimiter, {.text = range.text});
  std::string scratch;
  while (records.next()) {
    for (std::size_t k = 0; k < pending.size(); ++k) {
      const CsvField& field = records.fields()[pending[k].place];
      const std::string_view cell = field_text(field, scratch);
      if (builders[k].add(cell, field.quoted, job.marks)) continue;
      refuse(job.source, {range.first_line - 1 + records.line_of(field), pending[k].place + 1,
                          builders[k].explain(cell), "mend the cell"});
    }
  }
  return builders;
}

}  // namespace

std::vector<Column> convert(const CsvJob& job, std::span<const CsvRange> ranges,
                            std::span<const PendingColumn> pending) {
  const std::size_t n_rows = ranges.empty() ? 0 : ranges.back().first_row + ranges.back().n_rows;
  Builders whole = make_builders(pending, n_rows);
  const std::size_t at_once = ranges_at_once(job.threads);
  std::vector<Builders> parts(std::min(at_once, ranges.size()));
  for (std::size_t begin = 0; begin < ranges.size(); begin += at_once) {
    const auto now = ranges.subspan(begin, std::min(at_once, ranges.size() - begin));
    // Of several faults the pool reports that of the lowest task.
    parallel_for(job.threads, now.size(),
                 [&](std::size_t k, unsigned) { parts[k] = convert_range(job, now[k], pending); });
    parallel_for(now.size() > 1 ? job.threads : 1, pending.size(), [&](std::size_t column, unsigned) {
      for (std::size_t k = 0; k < now.size(); ++k) whole[column].append(parts[k][column]);
    });
  }
  std::vector<Column> columns;
  for (ColumnBuilder& builder : whole) columns.push_back(std::move(builder).take());
  return columns;
}

}  // namespace ffwd
