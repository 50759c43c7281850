// ffwd version: which build this is.
#include "ffwd/version.h"

#include "cli/common_options.h"
#include "cli/verb.h"
#include "core/json.h"

namespace ffwd {
namespace {

class Version final : public Verb {
 public:
  void declare(Command& command) override { declare_json(command, json_); }

  int run(Console& console) override {
    if (json_) {
      console.out << dump_json({{"version", version()}, {"target", target()}, {"build", build()}}) << '\n';
    } else {
      console.out << "ffwd " << version() << " (" << target() << ", " << build() << ")\n";
    }
    return 0;
  }

 private:
  bool json_ = false;
};

}  // namespace

extern constinit const VerbRow version_row{
    .name = "version",
    .summary = "which version this is, and the vector instructions it uses here",
    .arguments = "[OPTIONS]",
    .example = "  ffwd version --json",
    .make = []() -> std::unique_ptr<Verb> { return std::make_unique<Version>(); },
};

}  // namespace ffwd
