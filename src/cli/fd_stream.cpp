#include "cli/fd_stream.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstring>

namespace ffwd {

FdBuffer::FdBuffer(int fd) : fd_(fd) { setp(buffer_.data(), buffer_.data() + buffer_.size()); }

FdBuffer::~FdBuffer() { write_out(); }

std::string FdBuffer::fault() const { return error_ == 0 ? "" : std::strerror(error_); }

FdBuffer::int_type FdBuffer::overflow(int_type character) {
  if (!write_out()) return traits_type::eof();
  if (!traits_type::eq_int_type(character, traits_type::eof())) {
    *pptr() = traits_type::to_char_type(character);
    pbump(1);
  }
  return traits_type::not_eof(character);
}

int FdBuffer::sync() { return write_out() ? 0 : -1; }

bool FdBuffer::write_out() {
  const char* from = pbase();
  while (from < pptr() && error_ == 0 && !reader_gone_) {
    const ssize_t written = ::write(fd_, from, static_cast<std::size_t>(pptr() - from));
    if (written >= 0) {
      from += written;
    } else if (errno == EPIPE) {
      reader_gone_ = true;
    } else if (errno != EINTR) {
      error_ = errno;
    }
  }
  setp(buffer_.data(), buffer_.data() + buffer_.size());
  return error_ == 0;
}

void reserve_standard_descriptors() {
  for (int fd = 0; fd <= 2; ++fd) {
    if (::fcntl(fd, F_GETFD) != -1 || errno != EBADF) continue;
    // Opened for reading, so that a write fails as it would have. open() returns the lowest free number, which is fd.
    if (::open("/dev/null", O_RDONLY) == -1) return;
  }
}

}  // namespace ffwd
