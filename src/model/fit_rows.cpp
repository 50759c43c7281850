#include "model/fit_rows.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

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
std::vector<FitRows<T>> make_rows(const Preparation& p, const Table& table, std::span<const RowList> lists,
                                  const FitOptions& options, UnseenByColumn& unseen) {
  std::vector<FitRows<T>> made;
  for (const RowList& rows : lists) {
    made.push_back({.truth = p.targets.truth(table, rows), .weights = {}, .data = {}});
    if (!options.weight.empty()) made.back().weights = row_weights(table, options.weight, rows);
  }
  std::vector<AlignedVector<T>> features =
      transformed_lists<T>(*p.pipeline, table, lists, options.train.threads, unseen);
  for (std::size_t k = 0; k < lists.size(); ++k) {
    Dataset<T>& data = made[k].data;
    data = Dataset<T>(0, p.pipeline->n_features(), p.targets.size());
    data.rows = lists[k].size();
    data.features = std::move(features[k]);
    data.targets.resize(data.rows * data.targets_ld);
    p.targets.encode(made[k].truth, data.targets.data(), data.targets_ld);
  }
  return made;
}

template <class T>
FitRows<T> make_own_rows(const Preparation& p, const Table& own, std::string_view verb, const FitOptions& options,
                         std::vector<std::string>& warnings) {
  p.pipeline->check(own);
  const UsableRows usable = usable_rows(own, options.targets, options.drop_missing_target);
  if (usable.rows.empty()) {
    raise({.kind = ErrorKind::kData,
           .what = "there are no rows to " + std::string(verb) + " on",
           .where = own.source,
           .fix = "give a file with rows and their targets, or leave the option out"});
  }
  UnseenByColumn unseen;
  const RowList rows = usable.rows;
  FitRows<T> made = std::move(make_rows<T>(p, own, std::span(&rows, 1), options, unseen)[0]);
  require_weight(made.weights, verb, own);
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
  UnseenByColumn none;  // is known of rows that the pipeline was not fitted on, but of no interest
  const std::array<RowList, 3> cut = {p.split.train, p.split.valid, p.split.test};
  std::vector<FitRows<T>> made = make_rows<T>(p, data, cut, options, none);
  AllRows<T> rows{.train = std::move(made[0]), .valid = std::move(made[1]), .test = std::move(made[2])};
  const FitRows<T>& train = rows.train;
  require_weight(train.weights, "train", data);
  require_weight(rows.valid.weights, "validate", data);
  require_weight(rows.test.weights, "test", data);
  if (valid != nullptr) rows.valid = make_own_rows<T>(p, *valid, "validate", options, p.warnings);
  if (test != nullptr) rows.test = make_own_rows<T>(p, *test, "test", options, p.warnings);
  std::vector<double> of_class;
  if (options.class_weight == "balanced") {
    of_class = balanced_class_weights(train.truth.values(), train.weights, p.targets.classes().size());
  }
  set_weights(rows.train, of_class);
  set_weights(rows.valid, of_class);
  set_weights(rows.test, of_class);
  return rows;
}

template std::vector<FitRows<float>> make_rows(const Preparation&, const Table&, std::span<const RowList>,
                                               const FitOptions&, UnseenByColumn&);
template std::vector<FitRows<double>> make_rows(const Preparation&, const Table&, std::span<const RowList>,
                                                const FitOptions&, UnseenByColumn&);
template FitRows<float> make_own_rows(const Preparation&, const Table&, std::string_view, const FitOptions&,
                                      std::vector<std::string>&);
template FitRows<double> make_own_rows(const Preparation&, const Table&, std::string_view, const FitOptions&,
                                       std::vector<std::string>&);
template AllRows<float> make_all_rows(Preparation&, const Table&, const Table*, const Table*, const FitOptions&);
template AllRows<double> make_all_rows(Preparation&, const Table&, const Table*, const Table*, const FitOptions&);
template void set_weights(FitRows<float>&, std::span<const double>);
template void set_weights(FitRows<double>&, std::span<const double>);

}  // namespace ffwd
