#include <cmath>
#include <limits>
#include <set>

#include "core/names.h"
#include "core/raise.h"
#include "core/rows.h"
#include "core/text.h"
#include "ffwd/model.h"
#include "loss/loss.h"
#include "model/likelihood.h"
#include "model/network_choice.h"
#include "model/preparation.h"
#include "network/layer.h"
#include "pipeline/column_encoder.h"
#include "pipeline/numeric_step.h"
#include "train/train_options.h"

namespace ffwd {
namespace {

constexpr double kUnset = std::numeric_limits<double>::quiet_NaN();

void check_fraction(const std::string& option, const std::optional<double>& fraction,
                    std::vector<std::string>& faults) {
  const bool allowed = !fraction || (*fraction >= 0 && *fraction < 1);
  if (!allowed) {
    faults.push_back(option + " is " + shortest(*fraction) + "; it must be at least 0 and below 1");
  }
}

void check_name(const std::string& option, const std::string& family, const std::string& name,
                const std::vector<std::string>& known, std::vector<std::string>& faults) {
  for (const std::string& k : known) {
    if (k == name) return;
  }
  faults.push_back(option + ": " + unknown_name(family, name, known));
}

std::vector<std::string> all_likelihoods() {
  std::vector<std::string> names;
  for (const LossRow* row : losses()) names.emplace_back(row->likelihood);
  return names;
}

void check_embeddings(const FitOptions& options, std::vector<std::string>& faults) {
  std::set<std::string> seen;
  for (const auto& [column, size] : options.embed) {
    if (!seen.insert(column).second) faults.push_back("--embed names '" + shorten(column) + "' twice; name it once");
    if (size >= 1 && size <= kMaxUnits) continue;
    faults.push_back("--embed '" + shorten(column) + "': size is " + std::to_string(size) + "; it must be from 1 to " +
                     std::to_string(kMaxUnits));
  }
}

void check_layers(const FitOptions& options, std::vector<std::string>& faults) {
  const std::vector<std::string>& activation = options.activation;
  const bool chosen = activation != FitOptions().activation;
  const bool drops_a_share = options.dropout >= 0 && options.dropout <= 0.99;
  if (!drops_a_share) {
    faults.push_back("--dropout is " + shortest(options.dropout) + "; it must be from 0 to 0.99");
  }
  if (!options.network.empty()) {
    if (options.hidden || options.dropout > 0 || chosen || !options.embed.empty()) {
      faults.emplace_back("--network is the whole network; leave --hidden, --activation, --dropout and --embed out");
    }
    return;
  }
  HiddenLayers layers;
  try {
    layers = hidden_layers(options.hidden.value_or(std::string(kDefaultHidden)));
  } catch (const Error& error) {
    if (faults.empty()) raise(error.fault());
    const auto& [kind, what, where, fix] = error.fault();
    faults.push_back(where + ": " + what + (fix.empty() ? "" : "; " + fix));
    return;
  }
  if (activation.empty() || (activation.size() != 1 && activation.size() != layers.n)) {
    faults.push_back("--activation names " + std::to_string(activation.size()) + " units for " +
                     std::to_string(layers.n) + " hidden layers; give one, or one for each");
  }
  if (chosen && layers.without_unit == 0) {
    faults.emplace_back("--activation: no hidden layer of --hidden is without a unit; leave one of the two out");
  }
  if (options.dropout > 0 && layers.without_dropout == 0) {
    faults.emplace_back("--dropout: no hidden layer of --hidden is without one; leave one of the two out");
  }
}

}  // namespace

void FitOptions::validate() const {
  std::vector<std::string> faults = faults_of(train);
  if (targets.empty()) faults.emplace_back("--target is not given");
  check_name("--task", "task", task, {"auto", "regression", "classification"}, faults);
  if (loss != "auto") check_name("--loss", "loss", loss, row_names(losses()), faults);
  if (likelihood != "auto") check_name("--likelihood", "likelihood", likelihood, all_likelihoods(), faults);
  if (quantiles && !fault_of_levels(*quantiles).empty()) {
    faults.push_back("--quantiles " + fault_of_levels(*quantiles));
  }
  const bool delta_allowed = !huber_delta || (*huber_delta > 0 && std::isfinite(*huber_delta));
  if (!delta_allowed) {
    faults.push_back("--huber-delta is " + shortest(*huber_delta) + "; it must be over 0");
  }
  check_fraction("--label-smoothing", label_smoothing, faults);
  check_name("--class-weight", "class weight", class_weight, {"none", "balanced"}, faults);
  check_name("--numeric", "encoding", numeric, row_names(numeric_steps()), faults);
  for (const auto& [column, encoding] : encode) {
    check_name("--encode '" + shorten(column) + "'", "encoding", encoding_word(encoding), encoding_names(), faults);
  }
  check_name("--precision", "precision", precision, {"auto", "float32", "float64"}, faults);
  check_fraction("--valid-fraction", valid_fraction, faults);
  check_fraction("--test-fraction", test_fraction, faults);
  if (valid_fraction.value_or(kUnset) + test_fraction.value_or(kUnset) >= 1) {
    faults.emplace_back("--valid-fraction and --test-fraction leave no rows for training");
  }
  for (const std::string& unit : activation) check_name("--activation", "unit", unit, layer_unit_names(), faults);
  if (ensemble == 0 || ensemble > kMaxMembers) {
    faults.push_back("--ensemble is " + std::to_string(ensemble) + "; it must be from 1 to " +
                     std::to_string(kMaxMembers));
  }
  check_embeddings(*this, faults);
  check_layers(*this, faults);
  if (faults.empty()) {
    static_cast<void>(network_draft(*this));  // raises where the words make no network
    return;
  }
  std::string what = faults[0];
  for (std::size_t k = 1; k < faults.size(); ++k) what += "\n  " + faults[k];
  raise({.kind = ErrorKind::kUsage, .what = what, .where = "", .fix = ""});
}

}  // namespace ffwd
