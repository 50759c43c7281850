#include "pipeline/piecewise_linear.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

#include "core/text.h"
#include "pipeline/quantiles.h"

namespace ffwd {

namespace {

/// Whether a quotient by the difference of two rising edges means something.
bool are_apart(double low, double high) { return high - low >= kSmallestSpread; }

}  // namespace

extern constinit const NumericStepRow piecewise_linear_step_row{
    .name = "piecewise_linear",
    .summary = "a feature for each of up to 16 bins of training values: how far through it x has come, 0 to 1",
    .fit = [](const Scale&, std::span<double> values) -> std::unique_ptr<NumericStep> {
      return std::make_unique<PiecewiseLinear>(PiecewiseLinear::fit(values));
    },
    .from_json = [](const SavedColumn& saved) -> std::unique_ptr<NumericStep> {
      saved.json.only({"name", "edges"});
      std::vector<double> edges = saved.array("edges");
      const auto touch = [](double low, double high) { return !are_apart(low, high); };
      if (edges.size() < 2 || std::ranges::adjacent_find(edges, touch) != edges.end())
        saved.json.refuse("edges", "must hold two or more rising numbers");
      return std::make_unique<PiecewiseLinear>(std::move(edges));
    },
};

PiecewiseLinear::PiecewiseLinear(std::vector<double> edges, Ends ends) : edges_(std::move(edges)), ends_(ends) {
  assert(edges_.size() >= 2);
}

PiecewiseLinear PiecewiseLinear::fit(std::span<double> values) {
  std::ranges::sort(values);
  std::vector<double> edges;
  for (const double edge : evenly_spaced_quantiles(values, std::min(kBins + 1, values.size())))
    if (edges.empty() || are_apart(edges.back(), edge)) edges.push_back(edge);
  // What rounds to one edge is one bin all the same: the fitter has seen that the values differ.
  if (edges.size() < 2) edges = {values.front(), values.back()};
  return PiecewiseLinear(std::move(edges));
}

double PiecewiseLinear::raw(double x, std::size_t t) const {
  const double from = edges_[t] * 0.5, to = edges_[t + 1] * 0.5;  // in halves: a difference may be beyond float64
  return std::clamp((x * 0.5 - from) / (to - from), -kFarthest, kFarthest);
}

void PiecewiseLinear::transform(double x, double* out) const {
  for (std::size_t t = 0; t < n_features(); ++t) {
    if (is_cut_above(t) && x >= edges_[t + 1])
      out[t] = 1.0;
    else if (is_cut_below(t) && x <= edges_[t])
      out[t] = 0.0;
    else
      out[t] = raw(x, t);
  }
}

void PiecewiseLinear::slope(double x, double* out) const {
  for (std::size_t t = 0; t < n_features(); ++t) {
    const bool flat = (is_cut_above(t) && x >= edges_[t + 1]) || (is_cut_below(t) && x < edges_[t]) ||
                      std::abs(raw(x, t)) >= kFarthest;
    out[t] = flat ? 0.0 : 1.0 / (edges_[t + 1] - edges_[t]);
  }
}

void PiecewiseLinear::encode(std::span<const double> x, double* out, std::size_t ld) const {
  for (std::size_t i = 0; i < x.size(); ++i) transform(x[i], out + i * ld);
}

void PiecewiseLinear::slopes(std::span<const double> x, double* out, std::size_t ld) const {
  for (std::size_t i = 0; i < x.size(); ++i) slope(x[i], out + i * ld);
}

std::vector<std::string> PiecewiseLinear::feature_names(const std::string& column) const {
  std::vector<std::string> names;
  for (std::size_t t = 0; t < n_features(); ++t)
    names.push_back(column + ": " + shortest(edges_[t]) + " to " + shortest(edges_[t + 1]));
  return names;
}

const NumericStepRow& PiecewiseLinear::row() const { return piecewise_linear_step_row; }

void PiecewiseLinear::write(Json& json, NamedArrays& arrays, const std::string& column) const {
  put_numbers(json, arrays, column, "edges", edges_);
}

}  // namespace ffwd
