#include "model/preparation.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "core/names.h"
#include "core/raise.h"
#include "core/text.h"
#include "core/thread_pool.h"
#include "dataset/group_split.h"
#include "file/safetensors.h"
#include "model/answers.h"
#include "model/likelihood.h"
#include "model/network_choice.h"
#include "model/usable_rows.h"
#include "pipeline/row_weights.h"

namespace ffwd {
namespace {

constexpr std::size_t kFewestRows = 2;
constexpr std::size_t kMaxRows = std::numeric_limits<RowIndex>::max();

[[noreturn]] void refuse_data(const Table& data, const std::string& what, const std::string& fix) {
  raise({.kind = ErrorKind::kData, .what = what, .where = data.source, .fix = fix});
}

std::size_t find_column(const Table& data, const std::string& name, const std::string& option) {
  const auto found = data.find(name);
  if (found) return *found;
  const std::vector<std::string> names = data.names();
  const std::string near = nearest_name(name, names);
  const std::string known = names.size() == 1
                                ? "the one column is '" + shorten(names[0]) + "'; is it the right --delimiter?"
                                : "the columns are " + join_names(names, "and");
  refuse_data(
      data,
      option + ": there is no column '" + shorten(name) + "'" + (near.empty() ? "" : "; did you mean '" + near + "'?"),
      known);
}

/// The columns that are no features, each with the option that says so.
struct Roles {
  std::vector<std::size_t> targets;
  std::optional<std::size_t> weight, group;
  std::vector<std::string> features;
};

class RoleFinder {
 public:
  explicit RoleFinder(const Table& data) : data_(data), role_(data.n_columns()) {}

  /// Gives the column its role; it may have no other.
  std::size_t take(const std::string& name, const std::string& option) {
    const std::size_t column = find_column(data_, name, option);
    if (!role_[column].empty()) {
      raise({.kind = ErrorKind::kUsage,
             .what = role_[column] == option ? option + " names '" + name + "' twice"
                                             : option + " and " + role_[column] + " both name '" + name + "'",
             .where = "",
             .fix = "a column has one role: leave it out of one"});
    }
    role_[column] = option;
    return column;
  }
  /// Dropping a column twice is no mistake.
  void drop(const std::string& name) {
    if (role_[find_column(data_, name, "--drop")] != "--drop") take(name, "--drop");
  }
  /// Refuses a column that has a role already, or is not there.
  void require_feature(const std::string& name, const std::string& option) const {
    const std::string& role = role_[find_column(data_, name, option)];
    if (role.empty()) return;
    raise({.kind = ErrorKind::kUsage,
           .what = option + " names '" + name + "', which is no feature: " + role + " names it too",
           .where = "",
           .fix = "leave it out of one"});
  }
  [[nodiscard]] std::vector<std::string> others() const {
    std::vector<std::string> names;
    for (std::size_t k = 0; k < role_.size(); ++k) {
      if (role_[k].empty()) names.push_back(data_.column(k).name);
    }
    return names;
  }

 private:
  const Table& data_;
  std::vector<std::string> role_;  // the option that named the column; "" = a feature
};

Roles find_roles(const Table& data, const FitOptions& options) {
  RoleFinder finder(data);
  Roles roles;
  for (const std::string& name : options.targets) roles.targets.push_back(finder.take(name, "--target"));
  if (!options.weight.empty()) roles.weight = finder.take(options.weight, "--weight");
  if (!options.group.empty()) roles.group = finder.take(options.group, "--group");
  for (const std::string& name : options.drop) finder.drop(name);
  for (const auto& [name, encoding] : options.encode) finder.require_feature(name, "--encode");
  for (const EmbeddedColumn& embedded : options.embed) finder.require_feature(embedded.column, "--embed");
  roles.features = finder.others();
  return roles;
}

std::vector<RowIndex> rows_to_use(const Table& data, std::span<const std::size_t> targets, const FitOptions& options,
                                  std::vector<std::string>& notes) {
  UsableRows usable = usable_rows(data, targets, options.drop_missing_target);
  if (usable.rows.size() < data.n_rows()) {
    notes.push_back(with_thousands(data.n_rows() - usable.rows.size()) + " rows without a target left out");
  }
  if (usable.n_holes > 0) {
    notes.push_back(with_thousands(usable.n_holes) + " missing target cells: the loss leaves them out");
  }
  return std::move(usable.rows);
}

struct Shares {
  double valid, test;
};

Shares shares(std::size_t rows, const Table* valid, const Table* test, const FitOptions& options,
              std::vector<std::string>& notes) {
  const bool small = rows < kFewRows;
  Shares s{.valid = valid != nullptr ? 0 : options.valid_fraction.value_or(small ? 0 : kUsualValidShare),
           .test = test != nullptr ? 0 : options.test_fraction.value_or(small ? 0 : kUsualTestShare)};
  if (small && valid == nullptr && !options.valid_fraction) {
    notes.emplace_back("fewer than 100 rows: none are kept to validate on (--valid-fraction keeps some)");
  }
  if (small && test == nullptr && !options.test_fraction) {
    notes.emplace_back("fewer than 100 rows: none are kept to test on (--test-fraction keeps some)");
  }
  if (s.valid + s.test >= 1) {
    raise({.kind = ErrorKind::kUsage,
           .what = "--valid-fraction " + shortest(s.valid) + " and --test-fraction " + shortest(s.test) +
                   " leave no rows for training",
           .where = "",
           .fix = "lower one of them; --test-fraction 0 keeps none for testing"});
  }
  return s;
}

Task decide_task(const Table& data, std::span<const std::size_t> targets, const FitOptions& options) {
  if (targets.size() == 1) return resolve_task(data, targets[0], options.task);
  if (options.task != "classification") return Task::kRegression;
  for (const std::size_t column : targets) {
    if (is_zero_or_one(data.column(column))) continue;
    raise({.kind = ErrorKind::kUsage,
           .what = "several targets are predicted as classes only where each is 0 or 1, or false or true; '" +
                   shorten(data.column(column).name) + "' is not",
           .where = "",
           .fix = "train a model for each, or leave --task classification out"});
  }
  return Task::kMultilabel;
}

void note_task(const Table& data, std::span<const std::size_t> targets, Task task, const FitOptions& options,
               std::vector<std::string>& notes) {
  if (options.task != "auto") {
    notes.push_back(options.task + ", as --task says");
    return;
  }
  if (targets.size() > 1) {
    notes.push_back("regression, because there are " + std::to_string(targets.size()) + " targets");
    return;
  }
  const std::size_t column = targets[0];
  const bool regression = task == Task::kRegression;
  const ColumnType type = data.column(column).type;
  const bool numeric = type == ColumnType::kInteger || type == ColumnType::kNumber;
  std::string note = std::string(regression ? "regression" : "classification") + ", because the target '" +
                     data.column(column).name + "' is " + std::string(to_string(type));
  if (numeric && !regression) note += " and only 0 and 1";
  if (numeric)
    note += std::string(" (--task ") + (regression ? "classification" : "regression") + " makes it the other)";
  notes.push_back(std::move(note));
}

void check_row_count(const Table& data, std::size_t rows) {
  if (data.n_rows() > kMaxRows) {
    refuse_data(data, "more than " + std::to_string(kMaxRows) + " rows", "train on a part of them");
  }
  if (data.n_rows() == 0)
    refuse_data(data, "there are no data rows to train on", "give a file with rows below the header");
  if (rows == 0)
    refuse_data(data, "no rows with a target are left to train on", "look at the target with ffwd inspect");
  if (rows < kFewestRows) {
    refuse_data(
        data,
        "only " + std::to_string(rows) + " row to train on; at least " + std::to_string(kFewestRows) + " are needed",
        "give more rows, or keep fewer for validation and testing");
  }
}

// Small shares round to no row, and every class keeps a row to train on; so does a group, which is never cut.
void warn_of_shortfall(const std::string& what, double share, std::size_t rows, std::size_t kept, bool in_groups,
                       std::vector<std::string>& warnings) {
  const auto wanted = static_cast<std::size_t>(std::lround(share * static_cast<double>(rows)));
  if (share <= 0 || (kept > 0 && (kept >= wanted || in_groups))) return;
  if (in_groups && wanted > 0) {
    warnings.push_back("none of the " + std::to_string(rows) + " rows could be kept to " + what +
                       " on: --group keeps groups whole, and one of them must stay to be trained on");
    return;
  }
  warnings.push_back("a share of " + shortest(share) + " of " + std::to_string(rows) + " rows was to be kept to " +
                     what + " on; " + (kept == 0 ? "none" : "only " + std::to_string(kept)) +
                     (wanted == 0 ? " is that" : " could be spared, because each class needs a row to train on"));
}

// A table of its own may hold rows of a group that is trained on, as a cut of one table never does.
void warn_of_shared_group(const std::string& group, const Table& data, std::span<const RowIndex> train,
                          const Table* own, std::vector<std::string>& warnings) {
  if (own == nullptr || group.empty()) return;
  const auto shared = shared_group(data, train, *own, group);
  if (!shared) return;
  warnings.push_back(own->source + ": rows of groups that are trained on too, such as '" + shorten(*shared) + "'");
}

// A class of a few rows can be absent where rows are kept apart: its figures then say nothing.
void warn_of_absent_classes(const std::string& what, const Targets& target, const Table& data,
                            std::span<const RowIndex> part, std::vector<std::string>& warnings) {
  if (target.classes().empty() || part.empty()) return;
  std::vector<bool> present(target.classes().size());
  const Matrix truth = target.truth(data, part);
  for (const double c : truth.values()) present[static_cast<std::size_t>(c)] = true;
  const auto absent = std::count(present.begin(), present.end(), false);
  if (absent == 0) return;
  const auto first = static_cast<std::size_t>(std::find(present.begin(), present.end(), false) - present.begin());
  warnings.push_back(std::to_string(absent) + " of " + std::to_string(present.size()) + " classes have no row to " +
                     what + " on, such as '" + shorten(target.classes()[first]) + "'");
}

// Networks of such units are there to be evaluated; whoever trains one should know what will not learn.
void warn_of_steps(const NetworkSpec& network, std::vector<std::string>& warnings) {
  const auto is_step = [](const std::string& unit) { return unit == "heaviside"; };
  std::vector<std::string> names;
  for (const LayerSpec& layer : network.layers) {
    const auto& units = layer.graph.units;
    const bool steps = std::ranges::any_of(units, [&](const auto& unit) { return is_step(unit.second); });
    if (steps || is_step(layer.unit)) names.push_back(layer.name);
  }
  if (names.empty()) return;
  warnings.push_back("heaviside, the unit of " + quoted_names(names) +
                     ", has the slope 0: no gradient reaches the weights before it. For two classes --loss perceptron "
                     "teaches a single layer that is left without it");
}

// Before minutes of training, not after them: what save() would refuse.
void check_description(const Pipeline& pipeline, const Table& data) {
  NamedArrays arrays;
  const std::size_t bytes = dump_json(dump_json(pipeline.to_json(arrays))).size();
  if (bytes <= kMaxHeaderBytes) return;
  refuse_data(data,
              "what a model file has to say of its columns would take " + with_thousands(bytes) +
                  " bytes, more than the " + with_thousands(kMaxHeaderBytes) + " there is room for",
              "use fewer columns, or columns with fewer and shorter values (--drop)");
}

void check_class_weight(Task task, const FitOptions& options) {
  const bool several = task == Task::kMultilabel;
  if ((task != Task::kRegression && !several) || options.class_weight == "none") return;
  raise({.kind = ErrorKind::kUsage,
         .what = several ? "several targets have no classes in common" : "regression has no classes",
         .where = "--class-weight",
         .fix = several ? "leave it out" : "leave it out, or predict classes with --task classification"});
}

}  // namespace

std::vector<std::uint32_t> strata(const Targets& targets, const Table& data, std::span<const RowIndex> rows) {
  if (targets.classes().empty()) return {};
  const Matrix truth = targets.truth(data, rows);
  return {truth.values().begin(), truth.values().end()};
}

Preparation prepare(const Table& data, const Table* valid, const Table* test, const FitOptions& options,
                    const FoldRows* fold) {
  Preparation p;
  const Roles roles = find_roles(data, options);
  check_row_count(data, data.n_rows());
  p.task = decide_task(data, roles.targets, options);
  note_task(data, roles.targets, p.task, options, p.notes);
  const std::vector<RowIndex> rows = rows_to_use(data, roles.targets, options, p.notes);
  check_row_count(data, rows.size());
  const std::span<const RowIndex> cut = fold != nullptr ? fold->rows : rows;
  Shares share = shares(cut.size(), valid, test, options, p.notes);
  if (fold != nullptr) share.test = 0;

  // The classes must be known before the rows are cut; a regression target is standardised by its training rows.
  std::vector<std::string> ignored;
  // Classes that only rows left out have may change the number of classes, but not whether there are any.
  const Values values = p.task == Task::kRegression ? values_of(choose_loss(p.task, options)) : Values::kNumbers;
  const Targets whole = Targets::fit(data, roles.targets, p.task, rows, rows, ignored, values);
  p.task = whole.task();
  p.loss = choose_loss(p.task, options);
  check_class_weight(p.task, options);
  p.split = roles.group
                ? split_groups(cut, row_groups(data, *roles.group, cut), share.valid, share.test, options.train.seed)
                : split_rows(cut, strata(whole, data, cut), share.valid, share.test, options.train.seed);
  if (fold != nullptr) p.split.test.assign(fold->held_out.begin(), fold->held_out.end());
  check_row_count(data, p.split.train.size());
  if (roles.group && p.split.valid.empty() && p.split.test.empty() && share.valid + share.test == 0) {
    p.warnings.emplace_back(
        "--group: no rows are cut off for validation or testing, so there is nothing to keep together");
  }
  warn_of_shortfall("validate", share.valid, rows.size(), p.split.valid.size(), roles.group.has_value(), p.warnings);
  warn_of_shortfall("test", share.test, rows.size(), p.split.test.size(), roles.group.has_value(), p.warnings);
  warn_of_absent_classes("validate", whole, data, p.split.valid, p.warnings);
  warn_of_absent_classes("test", whole, data, p.split.test, p.warnings);
  warn_of_shared_group(options.group, data, p.split.train, valid, p.warnings);
  warn_of_shared_group(options.group, data, p.split.train, test, p.warnings);
  p.targets = Targets::fit(data, roles.targets, p.task, rows, p.split.train, p.warnings, values);
  const NetworkDraft draft = network_draft(options);
  const std::vector<std::string> features = features_by_input(draft, roles.features);
  if (features.size() < roles.features.size()) {
    p.notes.push_back(std::to_string(roles.features.size() - features.size()) +
                      " columns that no input of the network names are left out");
  }
  Pipeline pipeline = Pipeline::fit(data, p.split.train, features,
                                    {.numeric = options.numeric,
                                     .encode = options.encode,
                                     .bound = options.bound,
                                     .codes = code_columns(options, draft, data),
                                     .threads = thread_count(options.train.threads)},
                                    p.warnings);
  check_description(pipeline, data);
  const NetworkDraft fitted = fitted_draft(options, draft, pipeline);
  p.network =
      chosen_network(options, fitted, input_sizes(options, fitted, pipeline, p.warnings), n_outputs(p.targets, p.loss));
  p.pipeline = std::make_shared<const Pipeline>(std::move(pipeline));
  p.network.members = options.ensemble;
  p.network.validate();
  warn_of_steps(p.network, p.warnings);
  return p;
}

}  // namespace ffwd
