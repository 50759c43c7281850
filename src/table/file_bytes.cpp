#include "table/file_bytes.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <system_error>
#include <vector>

#include "core/raise.h"
#include "core/thread_pool.h"
#include "table/ascii.h"
#include "table/unpack.h"

namespace ffwd {

namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

[[noreturn]] void refuse(const std::string& path, std::string what, std::string fix = {}) {
  raise({.kind = ErrorKind::kData, .what = std::move(what), .where = path, .fix = std::move(fix)});
}

[[noreturn]] void refuse_with_reason(const std::string& path, int reason) {
  if (reason == ENOENT || reason == ENOTDIR) refuse(path, "no such file", "check the name and the folder");
  refuse(path, "cannot be read: " + std::generic_category().message(reason));
}

File open_to_read(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) refuse(path, "is a folder, not a file", "name a file in it");
  errno = 0;
  File file(std::fopen(path.c_str(), "rb"));
  if (file == nullptr) refuse_with_reason(path, errno);
  return file;
}

/// Reads `size` bytes from the start of the file, as far as they are there, piece by piece side by side: most of the
/// time goes into copying. Where the system refuses, less is read, and who goes on after it learns why.
void read_pieces(std::FILE* file, std::size_t size, unsigned threads, PaddedBytes& bytes) {
  constexpr std::size_t kPieceBytes = std::size_t{1} << 20;
  std::vector<std::size_t> got((size + kPieceBytes - 1) / kPieceBytes);
  parallel_for(threads, got.size(), [&](std::size_t k, unsigned) {
    const std::size_t begin = k * kPieceBytes, wanted = std::min(kPieceBytes, size - begin);
    while (got[k] < wanted) {
      const ssize_t n =
          pread(fileno(file), bytes.room() + begin + got[k], wanted - got[k], static_cast<off_t>(begin + got[k]));
      if (n <= 0) return;
      got[k] += static_cast<std::size_t>(n);
    }
  });
  std::size_t whole = 0;
  for (std::size_t k = 0; k < got.size() && whole == k * kPieceBytes; ++k) whole += got[k];
  bytes.add(whole);
  std::fseek(file, static_cast<long>(whole), SEEK_SET);
}

PaddedBytes read_all(const std::string& path, unsigned threads) {
  constexpr std::size_t kLeastRoom = std::size_t{1} << 16;
  const File file = open_to_read(path);
  std::setvbuf(file.get(), nullptr, _IONBF, 0);  // the reads are large; a buffer would only copy
  std::error_code no_size;                       // a pipe has none
  const auto size = std::filesystem::file_size(path, no_size);
  PaddedBytes bytes;
  bytes.reserve(no_size ? kLeastRoom : static_cast<std::size_t>(size) + 1);  // + 1: so that the last read meets the end
  constexpr std::size_t kWorthSharing = std::size_t{1} << 22;
  if (!no_size && size >= kWorthSharing && threads > 1)
    read_pieces(file.get(), static_cast<std::size_t>(size), threads, bytes);
  for (bool more = true; more;) {
    bytes.reserve(1);
    const std::size_t asked = bytes.room_size();
    errno = 0;
    const std::size_t got = std::fread(bytes.room(), 1, asked, file.get());
    if (std::ferror(file.get()) != 0) refuse_with_reason(path, errno);
    bytes.add(got);
    more = got == asked;  // fread gives less only at the end
  }
  return bytes;
}

bool ends_in(std::string_view path, std::string_view ending) {
  return path.size() > ending.size() && equal_ignoring_case(path.substr(path.size() - ending.size()), ending);
}

}  // namespace

bool is_packed(const std::string& path) { return ends_in(path, ".gz") || ends_in(path, ".zst"); }

PaddedBytes read_file(const std::string& path, unsigned threads) {
  PaddedBytes bytes = read_all(path, threads);
  if (ends_in(path, ".gz")) return unpack_gzip(bytes.view(), path);
  if (ends_in(path, ".zst")) return unpack_zstd(bytes.view(), path);
  return bytes;
}

}  // namespace ffwd
