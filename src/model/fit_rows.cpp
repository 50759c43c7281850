#include "model/fit_rows.h"

#include <algorithm>
#include <cmath>

#include "core/raise.h"
#include "model/class_weights.h"
#include "model/parts.h"
#include "model/usable_rows.h"
#include "pipeline/row_weights.h"

namespace ffwd {
namespace {

/// The share of a row's targets that are there.
double share_there(std::span<const double> truth) {
  const auto there = std::ranges::count_if(truth, [](double t) { return !std::isnan(t); });
  return static_cast<double>(there) / static_cast<double>(truth.size());
}

}  // namespace

template <class T>
FitRows<T> make_rows(const Preparation& p, const Table& table, std::span<const RowIndex> rows,
                     const FitOptions& options, UnseenByColumn& unseen) {
  FitRows<T> made{.truth = p.targets.truth(table, rows), .weights = {}, .data = {}};
  if (!options.weight.empty()) made.weights = row_weights(table, options.weight, rows);
  Dataset<T>& data = made.data;
  data = Dataset<T>(0, p.pipeline->n_features(), p.targets.size());
  data.rows = rows.size();
  data.features = transformed<T>(*p.pipeline, table, rows, options.train.threads, unseen);
  data.targets.resize(rows.size() * data.targets_ld);
  p.targets.encode(made.truth, data.targets.data(), data.targets_ld);
  return made;
}

template <class T>
FitRows<T> make_held_out(const Preparation& p, const Table& data, const HeldOut& held_out, const FitOptions& options,
                         std::vector<std::string>& warnings) {
  UnseenByColumn unseen;
  if (held_out.own == nullptr) {
    FitRows<T> made = make_rows<T>(p, data, held_out.cut, options, unseen);
    require_weight(made.weights, held_out.verb, data);
    return made;
  }
  const Table& own = *held_out.own;
  p.pipeline->check(own);
  const UsableRows usable = usable_rows(own, options.targets, options.drop_missing_target);
  if (usable.rows.empty()) {
    raise({.kind = ErrorKind::kData,
           .what = "there are no rows to " + std::string(held_out.verb) + " on",
           .where = own.source,
           .fix = "give a file with rows and their targets, or leave the option out"});
  }
  FitRows<T> made = make_rows<T>(p, own, usable.rows, options, unseen);
  require_weight(made.weights, held_out.verb, own);
  for (const auto& [column, u] : unseen) {
    const bool is_number = p.pipeline->range_of(column) != nullptr;
    warnings.push_back(own.source + ": column '" + column + "': " + std::to_string(u.n_rows) + " rows hold " +
                       (is_number ? "numbers far beyond those of training, such as " + u.example
                                  : "values that training did not see, such as '" + u.example + "'"));
  }
  return made;
}

void require_weight(std::span<const double> weights, std::string_view verb, const Table& table) {
  if (weights.empty() || std::ranges::any_of(weights, [](double w) { return w > 0; })) return;
  raise({.kind = ErrorKind::kData,
         .what = "the weights of the rows to " + std::string(verb) + " on are all 0",
         .where = table.source,
         .fix = "give some of them a weight over 0, or leave --weight out"});
}

template <class T>
void set_weights(FitRows<T>& rows, std::span<const double> class_weights) {
  const std::size_t n = rows.truth.rows();
  const double unit = rows.weights.empty() ? 1 : *std::ranges::max_element(rows.weights);
  AlignedVector<T> weights(n), masses(n);
  bool any_weight = false, any_hole = false;
  for (std::size_t i = 0; i < n; ++i) {
    double weight = rows.weights.empty() ? 1 : rows.weights[i] / unit;
    if (!class_weights.empty()) weight *= class_weights[static_cast<std::size_t>(rows.truth(i, 0))];
    const double there = share_there(rows.truth.row(i));
    weights[i] = static_cast<T>(weight);
    masses[i] = static_cast<T>(weight * there);
    any_weight = any_weight || weights[i] != T{1};
    any_hole = any_hole || there < 1;
  }
  if (any_weight) rows.data.weights = std::move(weights);
  if (any_hole) rows.data.masses = std::move(masses);
}

template <class T>
AllRows<T> make_all_rows(Preparation& p, const Table& data, const Table* valid, const Table* test,
                         const FitOptions& options) {
  UnseenByColumn none;
  AllRows<T> rows{.train = make_rows<T>(p, data, p.split.train, options, none),
                  .valid = make_held_out<T>(p, data, {"validate", p.split.valid, valid}, options, p.warnings),
                  .test = make_held_out<T>(p, data, {"test", p.split.test, test}, options, p.warnings)};
  const FitRows<T>& train = rows.train;
  require_weight(train.weights, "train", data);
  std::vector<double> of_class;
  if (options.class_weight == "balanced") {
    of_class = balanced_class_weights(train.truth.values(), train.weights, p.targets.classes().size());
  }
  set_weights(rows.train, of_class);
  set_weights(rows.valid, of_class);
  set_weights(rows.test, of_class);
  return rows;
}

template FitRows<float> make_rows(const Preparation&, const Table&, std::span<const RowIndex>, const FitOptions&,
                                  UnseenByColumn&);
template FitRows<double> make_rows(const Preparation&, const Table&, std::span<const RowIndex>, const FitOptions&,
                                   UnseenByColumn&);
template FitRows<float> make_held_out(const Preparation&, const Table&, const HeldOut&, const FitOptions&,
                                      std::vector<std::string>&);
template FitRows<double> make_held_out(const Preparation&, const Table&, const HeldOut&, const FitOptions&,
                                       std::vector<std::string>&);
template AllRows<float> make_all_rows(Preparation&, const Table&, const Table*, const Table*, const FitOptions&);
template AllRows<double> make_all_rows(Preparation&, const Table&, const Table*, const Table*, const FitOptions&);
template void set_weights(FitRows<float>&, std::span<const double>);
template void set_weights(FitRows<double>&, std::span<const double>);

}  // namespace ffwd
