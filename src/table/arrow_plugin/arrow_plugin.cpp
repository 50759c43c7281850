// The plugin: Apache Arrow's readers and writers behind four functions. Nothing of Arrow's C++ types passes the border.
#include "table/arrow_plugin/arrow_plugin.h"

#include <arrow/buffer.h>
#include <arrow/c/bridge.h>
#include <arrow/io/file.h>
#include <arrow/io/memory.h>
#include <arrow/ipc/reader.h>
#include <arrow/ipc/writer.h>
#include <arrow/record_batch.h>
#include <arrow/table.h>
#include <arrow/util/compression.h>
#include <arrow/util/config.h>
#include <parquet/arrow/reader.h>
#include <parquet/arrow/schema.h>
#include <parquet/arrow/writer.h>
#include <parquet/file_reader.h>
#include <parquet/metadata.h>
#include <parquet/properties.h>

#include <algorithm>
#include <cstring>
#include <exception>
#include <memory>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

namespace {

using arrow::Result;
using arrow::Status;
using Batches = std::shared_ptr<arrow::RecordBatchReader>;

constexpr std::int64_t kRowsPerGroup = std::int64_t{1} << 20;
constexpr std::int64_t kMostRowsPerBatch = std::int64_t{1} << 16, kLeastRowsPerBatch = std::int64_t{1} << 10;
constexpr std::int64_t kCellsPerBatch = std::int64_t{1} << 22;

/// Batches that are checked before anybody sees them: the files come from anywhere, and the C interface does not say
/// how long its buffers are.
class CheckedBatches final : public arrow::RecordBatchReader {
 public:
  explicit CheckedBatches(Batches batches) : batches_(std::move(batches)) {}

  std::shared_ptr<arrow::Schema> schema() const override { return batches_->schema(); }

  Status ReadNext(std::shared_ptr<arrow::RecordBatch>* out) override try {
    ARROW_RETURN_NOT_OK(batches_->ReadNext(out));
    return *out == nullptr ? Status::OK() : (*out)->Validate();
  } catch (const std::exception& error) {
    return Status::Invalid(error.what());
  }

 private:
  Batches batches_;
};

/// The batches of an IPC file, in its order. Keeps the reader, which owns the dictionaries.
class FileBatches final : public arrow::RecordBatchReader {
 public:
  explicit FileBatches(std::shared_ptr<arrow::ipc::RecordBatchFileReader> file) : file_(std::move(file)) {}

  std::shared_ptr<arrow::Schema> schema() const override { return file_->schema(); }

  Status ReadNext(std::shared_ptr<arrow::RecordBatch>* out) override {
    *out = nullptr;
    if (next_ == file_->num_record_batches()) return Status::OK();
    ARROW_ASSIGN_OR_RAISE(*out, file_->ReadRecordBatch(next_++));
    return Status::OK();
  }

 private:
  std::shared_ptr<arrow::ipc::RecordBatchFileReader> file_;
  int next_ = 0;
};

/// Parquet's batches belong to the reader of the file.
class ParquetBatches final : public arrow::RecordBatchReader {
 public:
  ParquetBatches(std::unique_ptr<parquet::arrow::FileReader> file, Batches batches)
      : file_(std::move(file)), batches_(std::move(batches)) {}

  std::shared_ptr<arrow::Schema> schema() const override { return batches_->schema(); }
  Status ReadNext(std::shared_ptr<arrow::RecordBatch>* out) override { return batches_->ReadNext(out); }

 private:
  std::unique_ptr<parquet::arrow::FileReader> file_;
  Batches batches_;
};

using ParquetReader = std::unique_ptr<parquet::arrow::FileReader>;

/// Of one of `n_columns` columns: a batch holds few columns of many rows, or many of few.
std::int64_t rows_per_batch(std::size_t n_columns) {
  const auto columns = static_cast<std::int64_t>(std::max<std::size_t>(n_columns, 1));
  return std::clamp(kCellsPerBatch / columns, kLeastRowsPerBatch, kMostRowsPerBatch);
}

Result<ParquetReader> parquet_reader(std::shared_ptr<arrow::io::RandomAccessFile> bytes,
                                     std::int64_t batch_rows = kMostRowsPerBatch,
                                     const parquet::ReaderProperties& how = parquet::default_reader_properties(),
                                     std::shared_ptr<parquet::FileMetaData> metadata = nullptr) {
  parquet::arrow::FileReaderBuilder builder;
  ARROW_RETURN_NOT_OK(builder.Open(std::move(bytes), how, std::move(metadata)));
  parquet::ArrowReaderProperties properties(/*use_threads=*/false);
  properties.set_pre_buffer(false);  // which would hold whole groups of rows
  properties.set_batch_size(batch_rows);
  return builder.properties(properties)->Build();
}

Result<Batches> open_parquet(std::shared_ptr<arrow::io::RandomAccessFile> bytes) {
  ARROW_ASSIGN_OR_RAISE(ParquetReader file, parquet_reader(std::move(bytes)));
  ARROW_ASSIGN_OR_RAISE(Batches batches, file->GetRecordBatchReader());
  return std::make_shared<ParquetBatches>(std::move(file), std::move(batches));
}

/// What a FfwdParquetFile owns. Readers share the description; each has buffers of its own.
struct ParquetFile {
  std::shared_ptr<arrow::io::RandomAccessFile> bytes;
  std::shared_ptr<parquet::FileMetaData> metadata;
  std::vector<std::int64_t> rows_of_groups;
};

/// Pages are read as they are needed, not whole groups of rows: by way of a buffer for each of `n_columns` columns.
parquet::ReaderProperties in_small_pieces(std::size_t n_columns) {
  constexpr std::int64_t kBytes = std::int64_t{1} << 24, kLeast = std::int64_t{1} << 14, kMost = std::int64_t{1} << 18;
  parquet::ReaderProperties properties = parquet::default_reader_properties();
  properties.enable_buffered_stream();
  properties.set_buffer_size(
      std::clamp(kBytes / static_cast<std::int64_t>(std::max<std::size_t>(n_columns, 1)), kLeast, kMost));
  return properties;
}

Status open_parquet_file(const char* path, FfwdParquetFile* out) {
  auto file = std::make_unique<ParquetFile>();
  ARROW_ASSIGN_OR_RAISE(file->bytes, arrow::io::ReadableFile::Open(path));
  ARROW_ASSIGN_OR_RAISE(const ParquetReader reader, parquet_reader(file->bytes));
  file->metadata = reader->parquet_reader()->metadata();
  for (int group = 0; group < file->metadata->num_row_groups(); ++group)
    file->rows_of_groups.push_back(file->metadata->RowGroup(group)->num_rows());
  *out = {.n_columns = reader->manifest().schema_fields.size(),
          .n_groups = file->rows_of_groups.size(),
          .rows_of_groups = file->rows_of_groups.data(),
          .owner = file.get(),
          .release = [](void* held) { delete static_cast<ParquetFile*>(held); }};
  static_cast<void>(file.release());
  return Status::OK();
}

/// A list or a structure is several columns of the file.
void add_leaves(const parquet::arrow::SchemaField& field, std::vector<int>& leaves) {
  if (field.is_leaf()) leaves.push_back(field.column_index);
  for (const parquet::arrow::SchemaField& child : field.children) add_leaves(child, leaves);
}

Status read_parquet_file(const ParquetFile& file, std::vector<std::size_t> columns, std::vector<int> groups,
                         ArrowArrayStream* out) {
  ARROW_ASSIGN_OR_RAISE(ParquetReader reader, parquet_reader(file.bytes, rows_per_batch(columns.size()),
                                                             in_small_pieces(columns.size()), file.metadata));
  std::vector<int> leaves;
  const auto& fields = reader->manifest().schema_fields;
  for (const std::size_t column : columns) {
    if (column >= fields.size()) return Status::Invalid("no such column");
    add_leaves(fields[column], leaves);
  }
  ARROW_ASSIGN_OR_RAISE(Batches batches, reader->GetRecordBatchReader(groups, leaves));
  batches = std::make_shared<ParquetBatches>(std::move(reader), std::move(batches));
  return arrow::ExportRecordBatchReader(std::make_shared<CheckedBatches>(std::move(batches)), out);
}

Result<Batches> open_batches(int format, std::shared_ptr<arrow::io::BufferReader> bytes) {
  arrow::ipc::IpcReadOptions options = arrow::ipc::IpcReadOptions::Defaults();
  options.use_threads = false;
  switch (format) {
    case kFfwdParquet:
      return open_parquet(std::move(bytes));
    case kFfwdArrowFile: {
      ARROW_ASSIGN_OR_RAISE(auto file, arrow::ipc::RecordBatchFileReader::Open(std::move(bytes), options));
      return std::make_shared<FileBatches>(std::move(file));
    }
    case kFfwdArrowStream:
      return arrow::ipc::RecordBatchStreamReader::Open(std::move(bytes), options);
    default:
      return Status::Invalid("unknown format");
  }
}

Status open(int format, const void* bytes, std::size_t size, ArrowArrayStream* out) {
  const auto buffer =
      std::make_shared<arrow::Buffer>(static_cast<const std::uint8_t*>(bytes), static_cast<std::int64_t>(size));
  ARROW_ASSIGN_OR_RAISE(Batches batches, open_batches(format, std::make_shared<arrow::io::BufferReader>(buffer)));
  return arrow::ExportRecordBatchReader(std::make_shared<CheckedBatches>(std::move(batches)), out);
}

Status write_parquet(const Batches& batches, const std::shared_ptr<arrow::io::OutputStream>& to) {
  parquet::WriterProperties::Builder properties;
  if (arrow::util::Codec::IsAvailable(arrow::Compression::SNAPPY)) properties.compression(arrow::Compression::SNAPPY);
  ARROW_ASSIGN_OR_RAISE(const auto table, batches->ToTable());
  return parquet::arrow::WriteTable(*table, arrow::default_memory_pool(), to, kRowsPerGroup, properties.build());
}

Status write_ipc(int format, const Batches& batches, const std::shared_ptr<arrow::io::OutputStream>& to) {
  auto made = format == kFfwdArrowFile ? arrow::ipc::MakeFileWriter(to, batches->schema())
                                       : arrow::ipc::MakeStreamWriter(to, batches->schema());
  ARROW_ASSIGN_OR_RAISE(const auto writer, std::move(made));
  while (true) {
    std::shared_ptr<arrow::RecordBatch> batch;
    ARROW_RETURN_NOT_OK(batches->ReadNext(&batch));
    if (batch == nullptr) return writer->Close();
    ARROW_RETURN_NOT_OK(writer->WriteRecordBatch(*batch));
  }
}

Status write(int format, ArrowArrayStream* in, FfwdArrowBytes* out) {
  ARROW_ASSIGN_OR_RAISE(const Batches batches, arrow::ImportRecordBatchReader(in));
  ARROW_ASSIGN_OR_RAISE(const auto to, arrow::io::BufferOutputStream::Create());
  ARROW_RETURN_NOT_OK(format == kFfwdParquet ? write_parquet(batches, to) : write_ipc(format, batches, to));
  ARROW_ASSIGN_OR_RAISE(auto buffer, to->Finish());
  auto* const owner = new std::shared_ptr<arrow::Buffer>(std::move(buffer));
  *out = {.data = (*owner)->data(),
          .size = static_cast<std::size_t>((*owner)->size()),
          .owner = owner,
          .release = [](void* held) { delete static_cast<std::shared_ptr<arrow::Buffer>*>(held); }};
  return Status::OK();
}

int report(const std::string& reason, FfwdArrowFault* fault) {
  const std::size_t size = std::min(reason.size(), sizeof fault->text - 1);
  std::memcpy(fault->text, reason.data(), size);
  fault->text[size] = '\0';
  return 1;
}

/// Runs `call`, which returns a Status or throws, as the interface promises.
template <class Call>
int guarded(FfwdArrowFault* fault, Call call) noexcept {
  try {
    const Status status = call();
    return status.ok() ? 0 : report(status.message(), fault);
  } catch (const std::exception& error) {
    return report(error.what(), fault);
  }
}

const FfwdArrowPlugin kPlugin = {
    .version = kFfwdArrowPluginVersion,
    .library = "Arrow " ARROW_VERSION_STRING,
    .open = [](int format, const void* bytes, std::size_t size, ArrowArrayStream* out,
               FfwdArrowFault* fault) { return guarded(fault, [&] { return open(format, bytes, size, out); }); },
    .write = [](int format, ArrowArrayStream* in, FfwdArrowBytes* out,
                FfwdArrowFault* fault) { return guarded(fault, [&] { return write(format, in, out); }); },
    .open_parquet = [](const char* path, FfwdParquetFile* out,
                       FfwdArrowFault* fault) { return guarded(fault, [&] { return open_parquet_file(path, out); }); },
    .read_parquet =
        [](const FfwdParquetFile* file, const std::size_t* columns, std::size_t n_columns, std::size_t first_group,
           std::size_t n_groups, ArrowArrayStream* out, FfwdArrowFault* fault) {
          return guarded(fault, [&] {
            std::vector<int> groups(n_groups);
            std::iota(groups.begin(), groups.end(), static_cast<int>(first_group));
            return read_parquet_file(*static_cast<const ParquetFile*>(file->owner), {columns, columns + n_columns},
                                     groups, out);
          });
        },
};

}  // namespace

extern "C" __attribute__((visibility("default"))) const FfwdArrowPlugin* ffwd_arrow_plugin() { return &kPlugin; }
