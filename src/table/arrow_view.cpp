#include "table/arrow_view.h"

#include <fmt/format.h>

#include <limits>

#include "core/names.h"
#include "core/raise.h"

namespace ffwd {

namespace {

constexpr std::int64_t kViewBytes = 16;
constexpr std::int32_t kMostInlineBytes = 12;  // of a text that stands in its view

std::int64_t n_buffers_wanted(const ArrowType& type) {
  if (type.kind == ArrowKind::kNull) return 0;
  return type.kind == ArrowKind::kText || type.kind == ArrowKind::kTextView ? 3 : 2;
}

template <class T>
T load(const std::byte* from) {
  T value;
  std::memcpy(&value, from, sizeof value);
  return value;
}

}  // namespace

std::string ArrowPlace::row(std::size_t row) const { return fmt::format("{}: row {}", source, first_row + row + 1); }

void ArrowPlace::refuse_damaged(std::string_view what) const {
  raise({.kind = ErrorKind::kData,
         .what = fmt::format("column '{}' is damaged: {}", shorten(column), what),
         .where = source,
         .fix = "write the table again"});
}

ArrowView::ArrowView(const ArrowArray& array, const ArrowType& type, std::int64_t start, std::int64_t n_rows,
                     const ArrowPlace& place)
    : place_(&place), type_(type), n_rows_(n_rows) {
  check_shape(array, start);
  first_ = array.offset + start;
  all_missing_ = type.kind == ArrowKind::kNull;
  if (n_rows > 0 && !all_missing_) find_buffers(array);
}

void ArrowView::check_shape(const ArrowArray& array, std::int64_t start) const {
  // A row's bit, offset or view is found by multiplying its number by 16 at most; a quarter of that is left over.
  constexpr std::int64_t kMostRows = std::numeric_limits<std::int64_t>::max() / 64;
  if (array.length < 0 || array.offset < 0 || array.length > kMostRows || array.offset > kMostRows)
    place_->refuse_damaged("its length or offset is negative, or too large");
  if (start < 0 || n_rows_ < 0 || n_rows_ > array.length || start > array.length - n_rows_)
    place_->refuse_damaged("it is shorter than the table");
  const std::int64_t wanted = n_buffers_wanted(type_);
  const bool views = type_.kind == ArrowKind::kTextView;
  if (views ? array.n_buffers < wanted : array.n_buffers != wanted)
    place_->refuse_damaged(fmt::format("it has {} buffers, its type {}", array.n_buffers, wanted));
  if (wanted > 0 && array.buffers == nullptr) place_->refuse_damaged("its buffers are not there");
}

void ArrowView::find_buffers(const ArrowArray& array) {
  valid_ = static_cast<const std::byte*>(array.buffers[0]);
  values_ = static_cast<const std::byte*>(array.buffers[1]);
  if (valid_ == nullptr && array.null_count > 0) place_->refuse_damaged("what marks its missing cells is not there");
  if (values_ == nullptr) place_->refuse_damaged("its values are not there");
  if (type_.kind == ArrowKind::kText) {
    texts_ = static_cast<const std::byte*>(array.buffers[2]);
    last_offset_ = offset(array.offset + array.length);
    if (texts_ == nullptr && last_offset_ > 0) place_->refuse_damaged("its texts are not there");
  } else if (type_.kind == ArrowKind::kTextView) {
    n_view_buffers_ = array.n_buffers - 3;
    view_buffers_ = array.buffers + 2;
    view_sizes_ = static_cast<const std::byte*>(array.buffers[array.n_buffers - 1]);
    if (view_sizes_ == nullptr && n_view_buffers_ > 0) place_->refuse_damaged("the sizes of its texts are not there");
  }
}

std::int64_t ArrowView::offset(std::int64_t at) const {
  const auto index = static_cast<std::size_t>(at);
  return type_.bits == 32 ? load<std::int32_t>(values_ + index * sizeof(std::int32_t))
                          : load<std::int64_t>(values_ + index * sizeof(std::int64_t));
}

std::string_view ArrowView::text(std::int64_t row) const {
  return type_.kind == ArrowKind::kText ? text_at_offsets(row) : text_view(row);
}

std::string_view ArrowView::text_at_offsets(std::int64_t row) const {
  const std::int64_t begin = offset(first_ + row);
  const std::int64_t end = offset(first_ + row + 1);
  if (begin < 0 || end < begin || end > last_offset_) place_->refuse_damaged("a text lies outside its buffer");
  if (begin == end) return "";  // not {}, which points nowhere
  return {reinterpret_cast<const char*>(texts_ + begin), static_cast<std::size_t>(end - begin)};
}

std::string_view ArrowView::text_view(std::int64_t row) const {
  const std::byte* const view = bytes(row, kViewBytes);
  const auto size = load<std::int32_t>(view);
  if (size < 0) place_->refuse_damaged("a text has a negative length");
  const auto length = static_cast<std::size_t>(size);
  if (size <= kMostInlineBytes) return {reinterpret_cast<const char*>(view + sizeof size), length};
  const auto buffer = load<std::int32_t>(view + 8);
  const std::int64_t begin = load<std::int32_t>(view + 12);
  if (buffer < 0 || buffer >= n_view_buffers_ || view_buffers_[buffer] == nullptr)
    place_->refuse_damaged("a text is in a buffer that is not there");
  const auto buffer_size = load<std::int64_t>(view_sizes_ + static_cast<std::size_t>(buffer) * sizeof(std::int64_t));
  if (begin < 0 || begin > buffer_size - size) place_->refuse_damaged("a text lies outside its buffer");
  return {static_cast<const char*>(view_buffers_[buffer]) + begin, length};
}

}  // namespace ffwd
