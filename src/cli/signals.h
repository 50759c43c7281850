// Ctrl-C and its kin: how a running verb ends when it is asked to.
#pragma once

namespace ffwd {

/// While it lives, SIGINT and SIGTERM end the program at once with exit code 130 or 143, unless a Soft or Held part
/// of the work is on. A signal that was ignored when the program started (nohup) stays ignored. One at a time.
class StopSignals {
 public:
  StopSignals();
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  /// Whether a signal has come.
  [[nodiscard]] bool requested() const;
  /// 130 after SIGINT, 143 after SIGTERM, 0 before either.
  [[nodiscard]] int exit_code() const;

  /// Work that looks at requested() itself and ends in order: the first signal is only noted, a second one ends at
  /// once.
  class Soft {
   public:
    Soft();
    ~Soft();
    Soft(const Soft&) = delete;
    Soft& operator=(const Soft&) = delete;

   private:
    int before_;
  };

  /// Work of a moment, which may be part of soft work, that must not be cut, such as writing a file: every signal is
  /// only noted.
  class Held {
   public:
    Held();
    ~Held();
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;

   private:
    int before_;
  };
};

}  // namespace ffwd
