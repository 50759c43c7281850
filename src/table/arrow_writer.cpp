#include "table/arrow_writer.h"

#include <cassert>
#include <memory>
#include <utility>
#include <vector>

#include "table/arrow_pack.h"

namespace ffwd {

namespace {

using Packed = std::shared_ptr<const std::vector<ArrowPacked>>;

/// What a struct and its children point into. Each of them keeps it alive by a Keeper of its own: the interface allows
/// children to be moved out of their parent.
template <class Struct>
struct Held {
  Packed columns;
  std::vector<Struct> children;
  std::vector<Struct*> pointers;
  std::vector<std::vector<const void*>> buffers;
};

template <class Struct>
using Keeper = std::shared_ptr<Held<Struct>>;

template <class Struct>
void release(Struct* held) {
  for (std::int64_t k = 0; k < held->n_children; ++k)
    if (held->children[k]->release != nullptr) held->children[k]->release(held->children[k]);
  held->release = nullptr;
  delete static_cast<Keeper<Struct>*>(held->private_data);
}

/// Makes `parent` the owner of itself and of the children that `held` has.
template <class Struct>
void hold(Struct& parent, const Keeper<Struct>& held) {
  for (Struct& child : held->children) {
    held->pointers.push_back(&child);
    child.private_data = new Keeper<Struct>(held);
    child.release = release<Struct>;
  }
  parent.n_children = static_cast<std::int64_t>(held->children.size());
  parent.children = held->pointers.data();
  parent.private_data = new Keeper<Struct>(held);
  parent.release = release<Struct>;
}

void make_schema(const Packed& columns, ArrowSchema& out) {
  const auto held = std::make_shared<Held<ArrowSchema>>();
  held->columns = columns;
  for (const ArrowPacked& column : *columns) {
    ArrowSchema field{};
    field.format = column.format.c_str();
    field.name = column.name.c_str();
    field.flags = kArrowFlagNullable;
    held->children.push_back(field);
  }
  out = ArrowSchema{};
  out.format = "+s";
  out.name = "";
  hold(out, held);
}

/// An empty buffer is one all the same, except the first, which may be left out.
const void* address_of(const std::vector<std::byte>& buffer, bool first) {
  static constexpr std::byte kNone{};
  if (!buffer.empty()) return buffer.data();
  return first ? nullptr : &kNone;
}

void make_batch(const Packed& columns, std::int64_t n_rows, ArrowArray& out) {
  const auto held = std::make_shared<Held<ArrowArray>>();
  held->columns = columns;
  for (const ArrowPacked& column : *columns) {
    std::vector<const void*> addresses;
    for (const auto& buffer : column.buffers) addresses.push_back(address_of(buffer, addresses.empty()));
    held->buffers.push_back(std::move(addresses));
    ArrowArray array{};
    array.length = column.n_rows;
    array.null_count = column.n_missing;
    array.n_buffers = static_cast<std::int64_t>(column.buffers.size());
    array.buffers = held->buffers.back().data();
    held->children.push_back(array);
  }
  held->buffers.push_back({nullptr});  // of the rows themselves: none is missing
  out = ArrowArray{};
  out.length = n_rows;
  out.n_buffers = 1;
  out.buffers = held->buffers.back().data();
  hold(out, held);
}

struct Stream {
  Packed columns;
  std::int64_t n_rows;
  bool given = false;
};

Stream& stream_of(ArrowArrayStream* stream) { return *static_cast<Stream*>(stream->private_data); }

int get_schema(ArrowArrayStream* stream, ArrowSchema* out) {
  make_schema(stream_of(stream).columns, *out);
  return 0;
}

int get_next(ArrowArrayStream* stream, ArrowArray* out) {
  Stream& held = stream_of(stream);
  *out = ArrowArray{};
  if (!std::exchange(held.given, true)) make_batch(held.columns, held.n_rows, *out);
  return 0;
}

const char* get_last_error(ArrowArrayStream* /*stream*/) { return nullptr; }

void release_stream(ArrowArrayStream* stream) {
  delete static_cast<Stream*>(stream->private_data);
  stream->release = nullptr;
}

}  // namespace

void write_arrow(const Table& table, ArrowArrayStream& out) {
  std::vector<ArrowPacked> columns;
  columns.reserve(table.n_columns());
  for (const Column& column : table.columns()) columns.push_back(pack_column(column));
  auto stream = std::make_unique<Stream>(Stream{
      .columns = std::make_shared<const std::vector<ArrowPacked>>(std::move(columns)),
      .n_rows = static_cast<std::int64_t>(table.n_rows()),
  });
  out = {.get_schema = get_schema,
         .get_next = get_next,
         .get_last_error = get_last_error,
         .release = release_stream,
         .private_data = stream.release()};
}

}  // namespace ffwd
