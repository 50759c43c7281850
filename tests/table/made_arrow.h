// Arrow arrays made by hand. Each buffer is an allocation of its own size that starts at an odd address, so that the
// sanitizers see what reads past its end or counts on alignment.
#pragma once

#include <cstring>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "table/arrow_c_data.h"
#include "table/arrow_view.h"

namespace ffwd {

/// The bytes of values.
template <class T>
std::string raw(std::initializer_list<T> values) {
  std::string bytes(values.size() * sizeof(T), '\0');
  if (values.size() > 0) std::memcpy(bytes.data(), std::data(values), bytes.size());
  return bytes;
}

/// Eight rows' bits, the first row's last: 0b101 = rows 0 and 2.
inline std::string bits(unsigned value) { return {static_cast<char>(value)}; }

class MadeArray {
 public:
  using Buffers = std::vector<std::optional<std::string>>;  // nothing = a null pointer

  MadeArray(std::string format, std::int64_t length, const Buffers& buffers, std::int64_t offset = 0)
      : format_(std::move(format)) {
    for (const auto& buffer : buffers) {
      if (!buffer) {
        pointers_.push_back(nullptr);
        continue;
      }
      auto copy = std::make_unique<char[]>(buffer->size() + 1);
      std::memcpy(copy.get() + 1, buffer->data(), buffer->size());
      pointers_.push_back(copy.get() + 1);
      copies_.push_back(std::move(copy));
    }
    array.length = length;
    array.offset = offset;
    array.null_count = -1;
    array.n_buffers = static_cast<std::int64_t>(buffers.size());
    array.buffers = pointers_.data();
    schema.format = format_.c_str();
    array.release = [](ArrowArray* held) { held->release = nullptr; };
    schema.release = [](ArrowSchema* held) { held->release = nullptr; };
  }
  MadeArray(const MadeArray&) = delete;
  MadeArray& operator=(const MadeArray&) = delete;

  /// A column of keys into `values`.
  MadeArray& with_dictionary(MadeArray& values) {
    array.dictionary = &values.array;
    schema.dictionary = &values.schema;
    return *this;
  }
  MadeArray& named(std::string name) {
    name_ = std::move(name);
    schema.name = name_.c_str();
    return *this;
  }

  ArrowArray array{};
  ArrowSchema schema{};

 private:
  std::string format_, name_;
  std::vector<std::unique_ptr<char[]>> copies_;
  std::vector<const void*> pointers_;
};

/// A stream over made arrays, which must outlive it.
class MadeStream {
 public:
  using Batch = std::vector<MadeArray*>;

  MadeStream(std::initializer_list<Batch> batches) : batches_(batches) {
    for (const Batch& batch : batches_) {
      arrays_.emplace_back();
      for (MadeArray* column : batch) arrays_.back().push_back(&column->array);
      ArrowArray rows{};
      rows.length = batch.empty() ? 0 : batch.front()->array.length;
      rows.n_children = static_cast<std::int64_t>(batch.size());
      rows.n_buffers = 1;
      rows.buffers = &no_buffer_;
      rows_.push_back(rows);
    }
    for (MadeArray* column : batches_.front()) fields_.push_back(&column->schema);
    schema.format = "+s";
    schema.n_children = static_cast<std::int64_t>(fields_.size());
    stream = {.get_schema = get_schema,
              .get_next = get_next,
              .get_last_error = [](ArrowArrayStream*) -> const char* { return "the disk is on fire"; },
              .release = [](ArrowArrayStream* s) { s->release = nullptr; },
              .private_data = this};
  }

  MadeStream(const MadeStream&) = delete;
  MadeStream& operator=(const MadeStream&) = delete;

  /// The struct array of batch `k`, to be bent before it is read.
  ArrowArray& rows(std::size_t k) { return rows_[k]; }

  ArrowSchema schema{};
  ArrowArrayStream stream{};
  std::size_t fails_at = 1000;  ///< the batch that cannot be had

 private:
  static int get_schema(ArrowArrayStream* s, ArrowSchema* out) {
    auto& self = *static_cast<MadeStream*>(s->private_data);
    *out = self.schema;
    out->children = self.fields_.data();
    out->release = [](ArrowSchema* held) { held->release = nullptr; };
    return 0;
  }
  static int get_next(ArrowArrayStream* s, ArrowArray* out) {
    auto& self = *static_cast<MadeStream*>(s->private_data);
    *out = ArrowArray{};
    if (self.next_ == self.fails_at) return 5;
    if (self.next_ == self.rows_.size()) return 0;
    *out = self.rows_[self.next_];
    out->children = self.arrays_[self.next_++].data();
    out->release = [](ArrowArray* held) { held->release = nullptr; };
    return 0;
  }

  std::vector<Batch> batches_;
  std::vector<std::vector<ArrowArray*>> arrays_;
  std::vector<ArrowArray> rows_;
  std::vector<ArrowSchema*> fields_;
  std::size_t next_ = 0;
  const void* no_buffer_ = nullptr;  // of the rows themselves: none is missing
};

inline const ArrowPlace kMadePlace{"t.parquet", "x"};

}  // namespace ffwd
