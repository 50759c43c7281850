#include "file/read_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <system_error>
#include <utility>

#include "core/raise.h"

namespace ffwd {

namespace {

constexpr std::size_t kPieceBytes = std::size_t{1} << 20;

[[noreturn]] void refuse(const std::string& path, std::string what) {
  raise({.kind = ErrorKind::kModel,
         .what = std::move(what),
         .where = path,
         .fix = "give a model file, one that 'ffwd train' wrote"});
}

[[noreturn]] void refuse_errno(const std::string& path, int error) {
  if (error == ENOENT) refuse(path, "no such file");
  refuse(path, "cannot be read: " + std::generic_category().message(error));
}

/// An open file that closes itself.
struct OpenFile {
  explicit OpenFile(const std::string& path) : descriptor(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (descriptor < 0) refuse_errno(path, errno);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  ~OpenFile() { close(descriptor); }
  int descriptor;
};

}  // namespace

std::string read_model_file(const std::string& path, std::uint64_t max_bytes) {
  const OpenFile file(path);
  struct stat status{};
  if (fstat(file.descriptor, &status) != 0) refuse_errno(path, errno);
  if (S_ISDIR(status.st_mode)) refuse(path, "a folder, not a model file");

  const std::string too_large = "too large for a model file: more than " + std::to_string(max_bytes) + " bytes";
  // What the system says is a hint for memory only: it is 0 for a pipe, and a file may grow while it is read.
  const std::uint64_t claimed = status.st_size > 0 ? static_cast<std::uint64_t>(status.st_size) : 0;
  if (claimed > max_bytes) refuse(path, too_large);
  std::string bytes;
  bytes.reserve(static_cast<std::size_t>(claimed) + kPieceBytes);
  for (std::size_t n_read = 0;;) {
    bytes.resize(n_read + kPieceBytes);
    const ssize_t got = read(file.descriptor, bytes.data() + n_read, kPieceBytes);
    if (got < 0 && errno != EINTR) refuse_errno(path, errno);
    if (got > 0) n_read += static_cast<std::size_t>(got);
    bytes.resize(n_read);
    if (got == 0) return bytes;
    if (n_read > max_bytes) refuse(path, too_large);
  }
}

}  // namespace ffwd
