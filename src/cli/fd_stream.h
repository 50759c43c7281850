// FdStream: an output stream over a file descriptor that knows why writing failed.
#pragma once

#include <array>
#include <ostream>
#include <streambuf>
#include <string>

namespace ffwd {

/// Buffers and writes whole. When the reader at the other end of a pipe has gone (EPIPE) the rest is dropped in
/// silence: `ffwd predict … | head` has got what it wanted. Any other failure sets the stream's badbit.
class FdBuffer : public std::streambuf {
 public:
  explicit FdBuffer(int fd);
  ~FdBuffer() override;
  FdBuffer(const FdBuffer&) = delete;
  FdBuffer& operator=(const FdBuffer&) = delete;
  /// Why writing failed, as the system says it; "" while it has not.
  [[nodiscard]] std::string fault() const;

 protected:
  int_type overflow(int_type character) override;
  int sync() override;

 private:
  bool write_out();

  int fd_;
  int error_ = 0;
  bool reader_gone_ = false;
  std::array<char, 1 << 16> buffer_;
};

class FdStream : private FdBuffer, public std::ostream {
 public:
  explicit FdStream(int fd) : FdBuffer(fd), std::ostream(static_cast<FdBuffer*>(this)) {}
  using FdBuffer::fault;
};

/// Makes sure that descriptors 0, 1 and 2 are taken: were one closed, the next file opened would get its number, and
/// messages would be written into it. Writing to one that was closed still fails.
void reserve_standard_descriptors();

}  // namespace ffwd
