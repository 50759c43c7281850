#include "cli/run_cli.h"

#include <exception>
#include <new>
#include <string_view>
#include <vector>

#include "cli/help.h"
#include "cli/verb.h"
#include "core/names.h"
#include "core/raise.h"
#include "ffwd/error.h"
#include "ffwd/version.h"
#include "kernels/kernels.h"

namespace ffwd {
namespace {

constexpr int kUsageCode = static_cast<int>(ErrorKind::kUsage);
constexpr int kOutputCode = static_cast<int>(ErrorKind::kOutput);
constexpr int kInternalCode = static_cast<int>(ErrorKind::kInternal);

/// FFWD_TARGET=avx2 makes the whole run use that vector width.
void choose_target(const Console& console) {
  const std::string name = console.environment("FFWD_TARGET").value_or("");
  if (name.empty() || force_target(name)) return;
  const std::vector<std::string> known(targets().begin(), targets().end());
  raise({.kind = ErrorKind::kUsage,
         .what = "'" + shorten(name) + "' is no vector width of this machine",
         .where = "FFWD_TARGET",
         .fix = "unset it, or set it to " + join_names(known)});
}

const VerbRow& find_verb(const std::string& name) {
  std::vector<std::string> known;
  for (const VerbRow* verb : verbs()) {
    if (verb->name == name) return *verb;
    known.emplace_back(verb->name);
  }
  if (name.starts_with('-')) {
    raise({.kind = ErrorKind::kUsage,
           .what = "option '" + shorten(name) + "' stands before the verb",
           .where = "",
           .fix = "write the verb first, one of " + join_names(known) + ": ffwd train DATA --target NAME"});
  }
  raise({.kind = ErrorKind::kUsage,
         .what = unknown_name("verb", name, known),
         .where = "",
         .fix = "ffwd --help says what each verb does"});
}

int run_verb(const VerbRow& row, std::span<const std::string> args, Console& console) {
  Command command;
  const std::unique_ptr<Verb> verb = row.make();
  verb->declare(command);
  if (!parse(command, row.name, args)) {
    print_help(console, row, command);
    return 0;
  }
  choose_target(console);
  return verb->run(console);
}

/// "ffwd --help", or as other programs have it: "ffwd help train".
int help(std::span<const std::string> asked, Console& console) {
  if (asked.size() > 1) {
    raise({.kind = ErrorKind::kUsage,
           .what = "unexpected argument '" + shorten(asked[1]) + "'",
           .where = "",
           .fix = "ffwd help VERB takes one verb"});
  }
  if (!asked.empty()) return run_verb(find_verb(asked[0]), std::vector<std::string>{"--help"}, console);
  print_help(console);
  return 0;
}

int dispatch(std::span<const std::string> args, Console& console) {
  if (args.empty()) {
    // Asked for nothing: the usage is no result.
    print_help(Console{.out = console.err, .err = console.err, .out_screen = console.err_screen});
    return kUsageCode;
  }
  if (args[0] == "--help" || args[0] == "-h" || args[0] == "help") return help(args.subspan(1), console);
  if (args[0] == "--version") return run_verb(find_verb("version"), args.subspan(1), console);
  return run_verb(find_verb(args[0]), args.subspan(1), console);
}

/// Output that did not arrive is a failure, even if all else went well.
void check_output(Console& console) {
  if (console.out.flush()) return;
  const std::string why = console.out_fault ? console.out_fault() : "";
  raise({.kind = ErrorKind::kOutput,
         .what = "cannot be written" + (why.empty() ? "" : ": " + why),
         .where = "standard output",
         .fix = "make room where it goes, or have the result written elsewhere"});
}

int report(const Console& console, std::string_view message, int code) {
  console.out.flush();  // what was said before the failure stands above it
  console.err << "ffwd: error: " << message << '\n' << std::flush;
  return code;
}

int report_bug(const Console& console, std::string_view what) {
  const std::string message = std::string(what) + "\n  this is a bug in ffwd " + std::string(version()) + " (" +
                              std::string(build()) + "): please report it, with the command that shows it";
  return report(console, message, kInternalCode);
}

}  // namespace

int run_cli(std::span<const std::string> args, Console& console) {
  try {
    const int code = dispatch(args, console);
    check_output(console);
    return code;
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::kInternal) return report_bug(console, error.what());
    return report(console, error.what(), static_cast<int>(error.kind()));
  } catch (const std::bad_alloc&) {
    return report(console, "memory ran out\n  free some, or train and predict on fewer rows at a time", kOutputCode);
  } catch (const std::exception& error) {
    return report_bug(console, error.what());
  }
}

}  // namespace ffwd
