#include "file/atomic_write.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "core/raise.h"

namespace ffwd {

namespace fs = std::filesystem;

namespace {

constexpr int kMostLinks = 40;  // as many as Linux follows

[[noreturn]] void refuse(const std::string& path, std::string what, std::string fix) {
  raise({.kind = ErrorKind::kOutput,
         .what = "cannot be written: " + std::move(what),
         .where = path,
         .fix = std::move(fix)});
}

[[noreturn]] void refuse_errno(const std::string& path, const std::string& doing, int error) {
  std::string fix = "check the place, or name another file";
  if (error == ENOSPC || error == EDQUOT || error == EFBIG) fix = "free some space there, or name a file elsewhere";
  if (error == EACCES || error == EPERM || error == EROFS) fix = "allow writing there, or name a file elsewhere";
  refuse(path, doing + std::generic_category().message(error), std::move(fix));
}

/// The descriptor that a path such as /dev/stdout means. It is used itself: opened anew, a redirected file would be
/// written from its start.
std::optional<int> descriptor_of(std::string_view path) {
  if (path == "/dev/stdout") return STDOUT_FILENO;
  if (path == "/dev/stderr") return STDERR_FILENO;
  for (const std::string_view folder : {"/dev/fd/", "/proc/self/fd/"}) {
    if (!path.starts_with(folder)) continue;
    const std::string_view digits = path.substr(folder.size());
    int number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error == std::errc() && end == digits.data() + digits.size()) return number;
  }
  return std::nullopt;
}

/// Where the file is, or will be: links followed, also one that points to nothing yet.
std::string target_of(const std::string& path) {
  fs::path target = path;
  std::error_code error;
  for (int links = 0; fs::is_symlink(target, error); ++links) {
    if (descriptor_of(target.native())) break;
    if (links == kMostLinks) refuse_errno(path, "", ELOOP);
    const fs::path next = fs::read_symlink(target, error);
    if (error) refuse_errno(path, "", error.value());
    target = target.parent_path() / next;  // `next` alone, if it is absolute
  }
  return target.native();
}

std::string folder_of(const std::string& target) {
  const std::string folder = fs::path(target).parent_path().native();
  return folder.empty() ? "." : folder;
}

void check_folder(const std::string& path, const std::string& target) {
  const std::string folder = folder_of(target);
  std::error_code error;
  const fs::file_status status = fs::status(folder, error);
  if (status.type() == fs::file_type::not_found)
    refuse(path, "the folder '" + folder + "' does not exist", "make the folder first, or name a file elsewhere");
  if (error) refuse_errno(path, "", error.value());
  if (!fs::is_directory(status)) refuse(path, "'" + folder + "' is a file, not a folder", "name a file elsewhere");
  if (access(folder.c_str(), W_OK | X_OK) != 0) refuse_errno(path, "folder '" + folder + "': ", errno);
}

/// Checks the target and says whether it is to be written directly.
bool check_target(const std::string& path, const std::string& target) {
  if (path.empty()) refuse("output", "its name is empty", "name a file");
  if (descriptor_of(target)) return true;
  std::error_code error;
  const fs::file_status status = fs::status(target, error);
  if (fs::is_directory(status)) refuse(path, "it is a folder", "name a file in it");
  const bool exists = fs::exists(status);
  if (exists && access(target.c_str(), W_OK) != 0) refuse_errno(path, "", errno);
  if (exists && !fs::is_regular_file(status)) return true;
  check_folder(path, target);
  return false;
}

int open_again(const char* path, int flags, mode_t mode) {
  for (;;) {
    const int file = open(path, flags | O_CLOEXEC, mode);
    if (file >= 0 || errno != EINTR) return file;
  }
}

bool sync_again(int file) {
  while (fsync(file) != 0)
    if (errno != EINTR) return false;
  return true;
}

}  // namespace

void check_writable(const std::string& path) { check_target(path, target_of(path)); }

AtomicFile::AtomicFile(std::string path, std::string target) : path_(std::move(path)), target_(std::move(target)) {}

// Delegates, so that the destructor runs where something after it throws.
AtomicFile::AtomicFile(const std::string& path) : AtomicFile(path, target_of(path)) {
  if (check_target(path_, target_))
    open_directly();
  else
    open_temporary();
}

AtomicFile::~AtomicFile() {
  if (file_ >= 0) close(file_);
  if (!temporary_.empty()) unlink(temporary_.c_str());
}

void AtomicFile::open_directly() {
  const auto descriptor = descriptor_of(target_);
  file_ = descriptor ? fcntl(*descriptor, F_DUPFD_CLOEXEC, 0) : open_again(target_.c_str(), O_WRONLY, 0);
  if (file_ < 0) fail("");
}

// The name is made here and not by mkstemp, whose files only their owner may read whatever the umask is.
void AtomicFile::open_temporary() {
  const std::string start = (fs::path(folder_of(target_)) / (".ffwd-" + std::to_string(getpid()) + "-")).native();
  for (int attempt = 0;; ++attempt) {
    const std::string name = start + std::to_string(attempt) + ".tmp";
    file_ = open_again(name.c_str(), O_WRONLY | O_CREAT | O_EXCL, 0666);
    if (file_ >= 0) {
      temporary_ = name;
      break;
    }
    if (errno != EEXIST) fail("");
  }
  struct stat before{};
  if (stat(target_.c_str(), &before) == 0 && fchmod(file_, before.st_mode & 07777) != 0) fail("permissions: ");
}

void AtomicFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file_, bytes.data(), bytes.size());
    if (written >= 0)
      bytes.remove_prefix(static_cast<std::size_t>(written));
    else if (errno != EINTR)
      fail("");
  }
}

void AtomicFile::commit() {
  if (!temporary_.empty() && !sync_again(file_)) fail("");
  // The descriptor is gone after close() even where it reports an error, EINTR included.
  if (close(std::exchange(file_, -1)) != 0 && errno != EINTR) fail("");
  if (temporary_.empty()) return;
  if (rename(temporary_.c_str(), target_.c_str()) != 0) fail("");
  temporary_.clear();
  const int folder = open_again(folder_of(target_).c_str(), O_RDONLY | O_DIRECTORY, 0);
  if (folder < 0) return;  // a folder that may be written but not read cannot be synced
  const bool synced = sync_again(folder) || errno == EINVAL;  // some file systems do not sync folders
  const int error = errno;
  close(folder);
  if (!synced) refuse_errno(path_, "folder: ", error);
}

void AtomicFile::fail(const char* doing) const {
  const int error = errno;
  refuse_errno(path_, doing, error);
}

void write_file(const std::string& path, std::string_view bytes) {
  AtomicFile file(path);
  file.write(bytes);
  file.commit();
}

}  // namespace ffwd
