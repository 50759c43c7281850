#include "train/train_options.h"

#include <cmath>
#include <limits>
#include <span>

#include "core/names.h"
#include "core/rows.h"
#include "core/text.h"
#include "core/thread_pool.h"
#include "optim/optimizer.h"
#include "optim/schedule.h"

namespace ffwd {
namespace {

class Faults {
 public:
  void unless(bool fine, const std::string& option, const std::string& value, const std::string& allowed) {
    if (!fine) faults_.push_back(option + " is " + value + "; it must be " + allowed);
  }
  void name(const std::string& option, const std::string& family, const std::string& name,
            const std::vector<std::string>& known) {
    for (const std::string& k : known) {
      if (k == name) return;
    }
    faults_.push_back(option + ": " + unknown_name(family, name, known));
  }
  std::vector<std::string> take() { return std::move(faults_); }

 private:
  std::vector<std::string> faults_;
};

}  // namespace

std::vector<std::string> faults_of(const TrainOptions& o) {
  constexpr std::size_t kMaxEpochs = std::numeric_limits<std::uint32_t>::max() - 1;
  Faults faults;
  faults.name("--optimizer", "optimizer", o.optimizer, row_names(optimizers()));
  faults.name("--schedule", "schedule", o.schedule, row_names(schedules()));
  faults.unless(std::isfinite(o.learning_rate) && o.learning_rate >= 0, "--learning-rate", shortest(o.learning_rate),
                "a number over 0");
  faults.unless(o.momentum >= 0 && o.momentum < 1, "--momentum", shortest(o.momentum), "at least 0 and below 1");
  faults.unless(std::isfinite(o.weight_decay) && o.weight_decay >= 0, "--weight-decay", shortest(o.weight_decay),
                "a number of at least 0");
  faults.unless(std::isfinite(o.l2) && o.l2 >= 0, "--l2", shortest(o.l2), "a number of at least 0");
  faults.unless(o.epochs >= 1 && o.epochs <= kMaxEpochs, "--epochs", std::to_string(o.epochs),
                "from 1 to " + std::to_string(kMaxEpochs));
  faults.unless(o.threads <= kMaxThreads, "--threads", std::to_string(o.threads),
                "from 0 (all cores) to " + std::to_string(kMaxThreads));
  return faults.take();
}

}  // namespace ffwd
