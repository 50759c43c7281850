#include "table/unpack.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <limits>
#include <memory>

#include "core/raise.h"

namespace ffwd {

namespace {

constexpr std::size_t kLeastRoom = std::size_t{1} << 16;
constexpr const char* kRename = "give it the ending of what it is";

[[noreturn]] void refuse(const std::string& source, std::string what, std::string fix = "copy or pack the file again") {
  raise({.kind = ErrorKind::kData, .what = std::move(what), .where = source, .fix = std::move(fix)});
}

[[noreturn]] void refuse_for_memory(const std::string& source) {
  raise({.kind = ErrorKind::kOutput, .what = "memory ran out while unpacking", .where = source});
}

struct EndInflate {
  void operator()(z_stream* stream) const {
    inflateEnd(stream);
    delete stream;
  }
};
using Inflater = std::unique_ptr<z_stream, EndInflate>;

Inflater start_inflate(const std::string& source) {
  Inflater stream(new z_stream{});
  constexpr int kGzipOnly = 16;  // added to the window bits: a gzip header, not zlib's
  if (inflateInit2(stream.get(), MAX_WBITS + kGzipOnly) != Z_OK) refuse_for_memory(source);
  return stream;
}

uInt clamp_to_uint(std::size_t n) {
  return static_cast<uInt>(std::min<std::size_t>(n, std::numeric_limits<uInt>::max()));
}

/// Unpacks one member from the front of `packed`; returns what follows it.
std::string_view unpack_member(z_stream& stream, std::string_view packed, PaddedBytes& out, const std::string& source) {
  for (int status = Z_OK; status != Z_STREAM_END;) {
    out.reserve(kLeastRoom);
    stream.next_in = reinterpret_cast<z_const Bytef*>(const_cast<char*>(packed.data()));
    stream.avail_in = clamp_to_uint(packed.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.room());
    const uInt room = clamp_to_uint(out.room_size());
    stream.avail_out = room;
    status = inflate(&stream, Z_NO_FLUSH);
    out.add(room - stream.avail_out);
    packed.remove_prefix(clamp_to_uint(packed.size()) - stream.avail_in);
    if (status == Z_MEM_ERROR) refuse_for_memory(source);
    // No progress is possible though there is room: the input has ended too early.
    if (status == Z_BUF_ERROR) refuse(source, "the gzip archive is cut off: its end is missing");
    if (status != Z_OK && status != Z_STREAM_END) refuse(source, "the gzip archive is damaged");
  }
  return packed;
}

}  // namespace

PaddedBytes unpack_gzip(std::string_view packed, const std::string& source) {
  if (!packed.starts_with("\x1f\x8b")) refuse(source, "is named .gz but is not a gzip archive", kRename);
  const Inflater stream = start_inflate(source);
  PaddedBytes out;
  out.reserve(packed.size() * 4);  // what tables usually give
  while (!packed.empty()) {
    packed = unpack_member(*stream, packed, out, source);
    inflateReset(stream.get());
    // Tapes and some tools fill up with zeros.
    if (packed.find_first_not_of('\0') == std::string_view::npos) break;
    if (!packed.starts_with("\x1f\x8b")) refuse(source, "the gzip archive has other bytes after its end");
  }
  return out;
}

PaddedBytes unpack_zstd(std::string_view packed, const std::string& source) {
  if (!packed.starts_with("\x28\xb5\x2f\xfd") && (packed.size() < 4 || packed.substr(1, 3) != "\x2a\x4d\x18"))
    refuse(source, "is named .zst but is not a zstd archive", kRename);
  const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(), &ZSTD_freeDCtx);
  if (context == nullptr) refuse_for_memory(source);
  PaddedBytes out;
  out.reserve(packed.size() * 4);
  ZSTD_inBuffer in{packed.data(), packed.size(), 0};
  for (;;) {
    out.reserve(kLeastRoom);
    ZSTD_outBuffer to{out.room(), out.room_size(), 0};
    const std::size_t status = ZSTD_decompressStream(context.get(), &to, &in);
    out.add(to.pos);
    if (ZSTD_isError(status) != 0)
      refuse(source, std::string("the zstd archive is damaged: ") + ZSTD_getErrorName(status));
    if (in.pos < in.size) continue;
    if (status == 0) return out;
    // All input is taken and the frame is not finished: what is left of it is held back only for want of room.
    if (to.pos < to.size) refuse(source, "the zstd archive is cut off: its end is missing");
  }
}

}  // namespace ffwd
