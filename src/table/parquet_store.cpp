#include "table/parquet_store.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <limits>
#include <numeric>
#include <string_view>
#include <system_error>
#include <utility>

#include "core/names.h"
#include "core/raise.h"
#include "core/thread_pool.h"
#include "table/arrow_file.h"
#include "table/arrow_library.h"
#include "table/file_bytes.h"

namespace ffwd {

/// The file as the plugin has it open.
class ParquetFile {
 public:
  /// Nothing if the plugin cannot read it, or its description cannot be true. @throws Error(kData) there is no plugin.
  static std::shared_ptr<const ParquetFile> open(const std::string& path) {
    auto file = std::make_shared<ParquetFile>();
    file->path_ = path;
    file->plugin_ = &arrow_plugin(path, ErrorKind::kData);
    FfwdArrowFault fault{};
    if (file->plugin_->open_parquet(path.c_str(), &file->file_, &fault) != 0) return nullptr;
    for (std::size_t group = 0; group < file->file_.n_groups; ++group) {
      const std::int64_t rows = file->file_.rows_of_groups[group];
      if (rows < 0 || rows > kMostRows) return nullptr;
      file->first_rows_.push_back(file->n_rows_);
      file->n_rows_ += static_cast<std::size_t>(rows);
    }
    return file;
  }
  ParquetFile() = default;
  ParquetFile(const ParquetFile&) = delete;
  ParquetFile& operator=(const ParquetFile&) = delete;
  ~ParquetFile() {
    if (file_.release != nullptr) file_.release(file_.owner);
  }

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::size_t n_rows() const { return n_rows_; }
  [[nodiscard]] std::size_t n_columns() const { return file_.n_columns; }
  [[nodiscard]] std::size_t n_groups() const { return file_.n_groups; }
  [[nodiscard]] std::size_t rows_of_group(std::size_t group) const {
    return static_cast<std::size_t>(file_.rows_of_groups[group]);
  }

  /// Refuses arrays that hold fewer or more rows than the description says, by which others have gone.
  /// @throws Error(kData)
  void require_rows(std::size_t found, std::size_t wanted) const {
    if (found == wanted) return;
    refuse("the file says that it has " + std::to_string(wanted) + " rows where there are " + std::to_string(found));
  }

  /// The columns at `places`, rising, of some groups of rows. @throws Error(kData) the file is damaged.
  [[nodiscard]] ArrowBatches read(const std::vector<std::size_t>& places, std::vector<ArrowKnown> known,
                                  std::size_t first_group, std::size_t n_groups) const {
    ArrowOwner<ArrowArrayStream> stream;
    FfwdArrowFault fault{};
    if (plugin_->read_parquet(&file_, places.data(), places.size(), first_group, n_groups, stream.get(), &fault) != 0)
      refuse(std::string("cannot be read: ") + shorten(fault.text, kMostReasonBytes));
    return {*stream, path_, std::move(known), first_group < first_rows_.size() ? first_rows_[first_group] : 0};
  }

 private:
  static constexpr std::size_t kMostReasonBytes = 300;
  static constexpr std::int64_t kMostRows = std::numeric_limits<std::uint32_t>::max();

  [[noreturn]] void refuse(std::string what) const {
    raise({.kind = ErrorKind::kData,
           .what = std::move(what),
           .where = path_,
           .fix = "write the file again; it may be damaged, or cut off"});
  }

  std::string path_;
  const FfwdArrowPlugin* plugin_ = nullptr;
  FfwdParquetFile file_{};
  std::vector<std::size_t> first_rows_;  ///< of each group
  std::size_t n_rows_ = 0;
};

ParquetStore::ParquetStore(std::shared_ptr<const ParquetFile> file, std::vector<Entry> entries, ReadOptions options)
    : file_(std::move(file)), entries_(std::move(entries)), options_(std::move(options)) {}

Column ParquetStore::column(std::size_t k) const {
  ArrowBatches batches = file_->read({entries_[k].place}, {entries_[k].known}, 0, file_->n_groups());
  batches.reserve(file_->n_rows());
  while (batches.add()) {
  }
  Table table = batches.take(options_);
  file_->require_rows(table.n_rows(), file_->n_rows());
  return std::move(table.edit(0));
}

std::size_t ParquetStore::n_parts() const { return file_->n_groups(); }

void ParquetStore::read_part(std::size_t part, std::span<const std::size_t> columns, const TakePiece& take) const {
  std::vector<std::size_t> rising(columns.begin(), columns.end()), places;
  std::ranges::sort(rising);
  std::vector<ArrowKnown> known;
  for (const std::size_t k : rising) {
    places.push_back(entries_[k].place);
    known.push_back(entries_[k].known);
  }
  ArrowBatches batches = file_->read(places, std::move(known), part, 1);
  std::size_t n_rows = 0;
  while (batches.add()) {
    const Table piece = batches.take(options_);
    n_rows += piece.n_rows();
    take(piece);
  }
  file_->require_rows(n_rows, file_->rows_of_group(part));
}

namespace {

/// Whether it is a file that need not be read from its beginning to its end, and begins as Parquet does.
bool is_parquet(const std::string& path) {
  std::error_code fault;
  if (!std::filesystem::is_regular_file(path, fault) || is_packed(path)) return false;
  std::array<char, 5> first{};
  std::ifstream file(path, std::ios::binary);
  file.read(first.data(), first.size());
  return arrow_kind_of_bytes({first.data(), static_cast<std::size_t>(file.gcount())}) == ArrowFileKind::kParquet;
}

/// Finds out what read_table() would say of each column, without keeping its cells.
class Outline {
 public:
  Outline(std::shared_ptr<const ParquetFile> file, const ReadOptions& options)
      : file_(std::move(file)), options_(options) {
    std::vector<std::size_t> places(file_->n_columns());
    std::iota(places.begin(), places.end(), std::size_t{0});
    ArrowBatches first = file_->read(places, {}, 0, file_->n_groups());
    first.add();
    look_at(first);
    read_unsettled();
  }

  Table table() {
    Table table = Table::with_rows(file_->n_rows());
    table.source = file_->path();
    table.warnings = std::move(warnings_);
    std::vector<ParquetStore::Entry> entries;
    ReadOptions typed = options_;
    for (Found& found : found_) {
      const bool is_stored = found.type != ColumnType::kMissing;
      if (is_stored) typed.types[found.entry.known.name] = found.type;
      table.add({.name = found.entry.known.name, .type = found.type, .n_rows = table.n_rows(), .is_stored = is_stored});
      table.warnings.insert(table.warnings.end(), found.warnings.begin(), found.warnings.end());
      entries.push_back(std::move(found.entry));
    }
    warn_of_csv_options(options_, table.warnings);
    table.store = std::make_shared<ParquetStore>(file_, std::move(entries), std::move(typed));
    return table;
  }

 private:
  struct Found {
    ParquetStore::Entry entry;
    ColumnType type = ColumnType::kMissing;
    std::vector<std::string> warnings = {};
    bool settled = false;
  };

  /// The first rows mostly tell the type of a column.
  void look_at(ArrowBatches& first) {
    std::vector<ArrowColumn>& columns = first.columns();
    for (std::size_t place = 0; place < columns.size(); ++place) {
      if (!columns[place].is_readable()) continue;
      found_.push_back({.entry = {.place = place, .known = {.name = columns[place].place().column}}});
      if (columns[place].is_settled()) finish(std::move(columns[place]), found_.back());
    }
    warnings_ = first.schema_warnings();
  }

  /// Of the others all rows do.
  void read_unsettled() {
    std::vector<Found*> left;
    for (Found& found : found_)
      if (!found.settled) left.push_back(&found);
    const unsigned threads = columns_at_a_time(file_->n_rows(), thread_count(options_.threads));
    parallel_for(threads, left.size(), [&](std::size_t i, unsigned) {
      ArrowBatches batches = file_->read({left[i]->entry.place}, {left[i]->entry.known}, 0, file_->n_groups());
      batches.reserve(file_->n_rows());
      while (batches.add()) {
      }
      finish(std::move(batches.columns()[0]), *left[i]);
    });
  }

  void finish(ArrowColumn column, Found& found) const {
    found.settled = true;
    found.entry.known.beyond_64_bits = column.is_beyond_64_bits();
    found.type = finished(std::move(column), options_, found.warnings).type;
  }

  std::shared_ptr<const ParquetFile> file_;
  const ReadOptions& options_;
  std::vector<Found> found_;
  std::vector<std::string> warnings_;
};

/// Whether there are at least so many.
bool has_cells(const ParquetFile& file, std::size_t n) {
  return file.n_columns() > 0 && file.n_rows() >= (n + file.n_columns() - 1) / file.n_columns();
}

}  // namespace

Table open_table(const std::string& path, const ReadOptions& options, std::size_t large) {
  const std::shared_ptr<const ParquetFile> file = is_parquet(path) ? ParquetFile::open(path) : nullptr;
  if (file == nullptr || !has_cells(*file, large)) return read_table(path, options);
  return Outline(file, options).table();
}

}  // namespace ffwd
