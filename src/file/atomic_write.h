// Writing a file so that whoever looks sees the earlier one or the new one, whole, whatever happens meanwhile.
#pragma once

#include <string>
#include <string_view>

namespace ffwd {

/// Refuses early what would fail late, after a long run: a folder that does not exist or is a file, a target that is a
/// folder or write-protected. Writes nothing.
/// @throws Error(kOutput)
void check_writable(const std::string& path);

/// A file being written. Bytes go to a temporary file in the same folder, which `commit` moves into place; without it
/// the destructor removes them and an earlier file stays as it was. A link is followed; an existing file's permissions
/// are kept, a new one's follow the umask. What is no regular file (a pipe, a terminal, /dev/stdout) is written
/// directly.
class AtomicFile {
 public:
  /// @throws Error(kOutput), like every member, naming `path`, the system's reason and a mend.
  explicit AtomicFile(const std::string& path);
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;
  ~AtomicFile();

  void write(std::string_view bytes);
  /// Makes the bytes last through a loss of power and moves them into place. Ends the use of this object.
  void commit();

 private:
  AtomicFile(std::string path, std::string target);
  void open_directly();
  void open_temporary();
  [[noreturn]] void fail(const char* doing) const;

  std::string path_;       ///< as given, for messages
  std::string target_;     ///< with links followed
  std::string temporary_;  ///< empty where the target is written directly
  int file_ = -1;
};

/// Writes all of a file. @throws Error(kOutput)
void write_file(const std::string& path, std::string_view bytes);

}  // namespace ffwd
