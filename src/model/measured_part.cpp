#include "model/measured_part.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "core/raise.h"
#include "core/text.h"
#include "model/answers.h"
#include "model/measure.h"

namespace ffwd {
namespace {

// Weights can be finite and so large that no answer is: without validation rows nothing has noticed before.
void refuse_overflow(const Matrix& linked, double learning_rate) {
  const auto values = linked.values();
  if (std::ranges::all_of(values, [](double v) { return std::isfinite(v); })) return;
  raise({.kind = ErrorKind::kDiverged,
         .what = "training diverged: the network's answers for its own rows are not finite",
         .where = "",
         .fix = (learning_rate > 0 ? "lower --learning-rate (it was " + shortest(learning_rate) + "), or " : "") +
                std::string("look for extreme values in the data with ffwd inspect")});
}

}  // namespace

template <class T>
FitResult::Part measured(const Engine<T>& engine, const Preparation& p, const FitRows<T>& rows, const FitRows<T>& train,
                         const TrainOptions& options, Matrix& predicted) {
  FitResult::Part result{.rows = rows.data.rows, .metrics = {}, .baseline = {}};
  if (rows.data.rows == 0) return result;
  Matrix linked(rows.data.rows, n_outputs(p.targets, p.loss));
  run_network(engine, p.loss, rows.data.features, rows.data.ld, options.threads, linked);
  refuse_overflow(linked, options.learning_rate);
  const std::vector<std::string> names = p.targets.names();
  const AnswerLayout layout = layout_of(p.loss);
  predicted = decode(p.targets, p.loss, std::move(linked));
  result.metrics = measure(p.task, names, rows.truth, predicted, rows.weights, options.threads, layout);
  const auto trivial = trivial_prediction(p.task, train.truth, train.weights, p.targets.classes().size(), layout);
  result.baseline = measure_trivial(p.task, names, rows.truth, trivial, rows.weights, layout);
  return result;
}

/// How early stopping looks at validation rows, where that is not their loss.
template <class T>
ValidationScore score_by(const std::string& name, const Preparation& p, const FitRows<T>& valid, unsigned threads) {
  ValidationScore score;
  for (const MetricRow& metric : metrics()) {
    if (metric.name == name) score.lower_is_better = metric.lower_is_better;
  }
  score.of = [name, &p, &valid, threads](const Matrix& linked) {
    return measure(p.task, p.targets.names(), valid.truth, decode(p.targets, p.loss, linked), valid.weights, threads,
                   layout_of(p.loss))[name];
  };
  return score;
}

template FitResult::Part measured(const Engine<float>&, const Preparation&, const FitRows<float>&,
                                  const FitRows<float>&, const TrainOptions&, Matrix&);
template ValidationScore score_by(const std::string&, const Preparation&, const FitRows<float>&, unsigned);
template FitResult::Part measured(const Engine<double>&, const Preparation&, const FitRows<double>&,
                                  const FitRows<double>&, const TrainOptions&, Matrix&);
template ValidationScore score_by(const std::string&, const Preparation&, const FitRows<double>&, unsigned);

}  // namespace ffwd
