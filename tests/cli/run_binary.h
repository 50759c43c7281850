// The real program, run as a user runs it.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

extern char** environ;

namespace ffwd {

/// A folder of one test's own, removed at its end.
class TempFolder {
 public:
  TempFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "ffwd-cli-XXXXXX").native();
    path_ = ::mkdtemp(pattern.data());
  }
  ~TempFolder() { std::filesystem::remove_all(path_); }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;

  [[nodiscard]] std::string file(const std::string& name) const { return path_ + "/" + name; }
  /// Writes a file and returns its path.
  std::string with(const std::string& name, const std::string& text) const {
    std::ofstream(file(name), std::ios::binary) << text;
    return file(name);
  }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

inline std::string read_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct Finished {
  int exit = -1;  ///< exit code, or minus the signal that ended it
  std::string out, err;
};

/// A child of this test. Its standard output is a pipe, a file or nothing; its standard error a pipe or a terminal.
class Child {
 public:
  struct Setting {
    std::string out_file = {};     ///< "" = a pipe that is read
    bool err_terminal = false;     ///< standard error is a terminal
    bool close_out = false;        ///< standard output is closed
    std::string environment = {};  ///< one more NAME=VALUE
    std::string folder = {};       ///< "" = the current one
  };

  Child(std::vector<std::string> args, const Setting& setting) {
    int out[2] = {-1, -1}, err[2] = {-1, -1};
    EXPECT_EQ(::pipe2(out, O_CLOEXEC), 0);
    if (setting.err_terminal) {
      err[0] = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
      EXPECT_TRUE(::grantpt(err[0]) == 0 && ::unlockpt(err[0]) == 0);
      err[1] = ::open(::ptsname(err[0]), O_RDWR | O_NOCTTY | O_CLOEXEC);
    } else {
      EXPECT_EQ(::pipe2(err, O_CLOEXEC), 0);
    }
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    if (setting.close_out) {
      ::posix_spawn_file_actions_addclose(&actions, 1);
    } else if (setting.out_file.empty()) {
      ::posix_spawn_file_actions_adddup2(&actions, out[1], 1);
    } else {
      ::posix_spawn_file_actions_addopen(&actions, 1, setting.out_file.c_str(), O_WRONLY, 0);
    }
    ::posix_spawn_file_actions_adddup2(&actions, err[1], 2);
    if (!setting.folder.empty()) ::posix_spawn_file_actions_addchdir_np(&actions, setting.folder.c_str());
    spawn(std::move(args), setting, actions);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(out[1]);
    ::close(err[1]);
    out_ = out[0];
    err_ = err[0];
  }
  ~Child() {
    for (const int fd : {out_, err_}) {
      if (fd >= 0) ::close(fd);
    }
    if (!reaped_) {
      ::kill(pid_, SIGKILL);
      ::waitpid(pid_, nullptr, 0);
    }
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  void send(int signal) const { ::kill(pid_, signal); }
  /// Closes our end of its standard output.
  void stop_reading() {
    ::close(out_);
    out_ = -1;
  }
  /// Reads until standard error holds `text`; false if the child ends before.
  bool wait_for(const std::string& text) {
    while (done_.err.find(text) == std::string::npos) {
      if (!read_some()) return false;
    }
    return true;
  }
  /// Reads to the end and waits for it.
  Finished finish() {
    while (read_some()) {
    }
    int status = 0;
    ::waitpid(pid_, &status, 0);
    reaped_ = true;
    done_.exit = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    return done_;
  }

 private:
  void spawn(std::vector<std::string> args, const Setting& setting, const posix_spawn_file_actions_t& actions) {
    args.insert(args.begin(), FFWD_BINARY);
    std::vector<char*> argv, environment;
    for (std::string& arg : args) argv.push_back(arg.data());
    argv.push_back(nullptr);
    for (char** entry = environ; *entry != nullptr; ++entry) environment.push_back(*entry);
    std::string added = setting.environment;
    if (!added.empty()) environment.push_back(added.data());
    environment.push_back(nullptr);
    EXPECT_EQ(::posix_spawn(&pid_, FFWD_BINARY, &actions, nullptr, argv.data(), environment.data()), 0);
  }

  /// Waits for output of either kind and keeps it; false when both have ended.
  bool read_some() {
    std::array<pollfd, 2> polled = {{{out_, POLLIN, 0}, {err_, POLLIN, 0}}};
    if (out_ < 0 && err_ < 0) return false;
    ::poll(polled.data(), polled.size(), -1);
    if (polled[0].revents != 0) read_from(out_, done_.out);
    if (polled[1].revents != 0) read_from(err_, done_.err);
    return true;
  }
  static void read_from(int& fd, std::string& into) {
    std::array<char, 4096> buffer;
    const ssize_t n = ::read(fd, buffer.data(), buffer.size());
    if (n > 0) {
      into.append(buffer.data(), static_cast<std::size_t>(n));
      return;
    }
    ::close(fd);  // the end of a pipe, or EIO: nobody has the terminal open any more
    fd = -1;
  }

  pid_t pid_ = -1;
  int out_ = -1, err_ = -1;
  bool reaped_ = false;
  Finished done_;
};

inline Finished run_binary(std::vector<std::string> args, const Child::Setting& setting = {}) {
  return Child(std::move(args), setting).finish();
}

}  // namespace ffwd
