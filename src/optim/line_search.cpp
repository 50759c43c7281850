#include "optim/line_search.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ffwd {
namespace {

constexpr int kMostLooks = 30;
constexpr double kGrowth = 3;
// Two values of an objective that differ by less are not told apart.
constexpr double kRounding = 1e-14;

/// Where the cubic through two values and slopes is lowest. Nocedal & Wright, equation 3.59. NaN if it has no such
/// place.
double lowest_of_cubic(double a, double fa, double da, double b, double fb, double db) {
  const double d1 = da + db - 3 * (fa - fb) / (a - b);
  const double root = d1 * d1 - da * db;
  if (!(root >= 0)) return std::numeric_limits<double>::quiet_NaN();
  const double d2 = b > a ? std::sqrt(root) : -std::sqrt(root);
  return b - (b - a) * (db + d2 - d1) / (db - da + 2 * d2);
}

}  // namespace

template <class T>
LineSearch<T>::LineSearch(Objective<T>& objective, WolfeConditions wolfe)
    : objective_(objective), wolfe_(wolfe), start_(objective.size()), start_gradient_(objective.size()) {}

template <class T>
auto LineSearch<T>::look(double step) -> Point {
  std::copy(start_.begin(), start_.end(), at_->parameters);
  kernels<T>().add_scaled(start_.size(), static_cast<T>(step), direction_, at_->parameters);
  const double value = objective_.evaluate(at_->parameters, at_->gradient);
  return {.step = step,
          .value = std::isfinite(value) ? value : std::numeric_limits<double>::infinity(),
          .slope = kernels<T>().dot(start_.size(), at_->gradient, direction_)};
}

template <class T>
bool LineSearch<T>::decreases_enough(const Point& p) const {
  return p.value <= origin_.value + wolfe_.decrease * p.step * origin_.slope;
}

template <class T>
bool LineSearch<T>::is_fine(const Point& p) const {
  if (!std::isfinite(p.value)) return false;
  // Where rounding hides the decrease, a flatter slope is what shows that the step leads to the minimum.
  const bool as_low = p.value <= origin_.value + kRounding * std::abs(origin_.value);
  return (decreases_enough(p) || as_low) && std::abs(p.slope) <= -wolfe_.curvature * origin_.slope;
}

template <class T>
bool LineSearch<T>::search(Place& at, const T* direction, double first) {
  at_ = &at;
  direction_ = direction;
  std::copy_n(at.parameters, start_.size(), start_.begin());
  std::copy_n(at.gradient, start_.size(), start_gradient_.begin());
  origin_ = {.step = 0, .value = at.value, .slope = kernels<T>().dot(start_.size(), at.gradient, direction)};
  taken_ = origin_;
  bool found = false;
  Point before = origin_;
  double step = first;
  for (int k = 0; k < kMostLooks && origin_.slope < 0; ++k) {
    const Point p = look(step);
    if (is_fine(p)) {
      taken_ = p;
      found = true;
      break;
    }
    if (!decreases_enough(p) || (k > 0 && p.value >= before.value)) {
      found = zoom(before, p);
      break;
    }
    if (p.slope >= 0) {
      found = zoom(p, before);
      break;
    }
    before = p;
    step *= kGrowth;
  }
  if (!found && before.step > 0) found = take_best(before);
  if (found) {
    at.value = taken_.value;
    return true;
  }
  std::copy(start_.begin(), start_.end(), at.parameters);
  std::copy(start_gradient_.begin(), start_gradient_.end(), at.gradient);
  taken_ = origin_;
  return false;
}

template <class T>
bool LineSearch<T>::zoom(Point low, Point high) {
  constexpr double kEdge = 0.1;  // of the interval: a step is not closer to either end
  for (int k = 0; k < kMostLooks; ++k) {
    const double width = high.step - low.step;
    if (std::abs(width) <= 1e-14 * std::max(low.step, high.step)) break;
    double step = std::isfinite(high.value)
                      ? lowest_of_cubic(low.step, low.value, low.slope, high.step, high.value, high.slope)
                      : std::numeric_limits<double>::quiet_NaN();
    const double share = (step - low.step) / width;
    if (!(share >= kEdge)) step = low.step + kEdge * width;
    if (!(share <= 1 - kEdge)) step = low.step + (1 - kEdge) * width;
    if (!std::isfinite(share)) step = low.step + 0.5 * width;
    const Point p = look(step);
    if (is_fine(p)) {
      taken_ = p;
      return true;
    }
    if (!decreases_enough(p) || p.value >= low.value) {
      high = p;
    } else {
      if (p.slope * width >= 0) high = low;
      low = p;
    }
  }
  return take_best(low);
}

// No step meets both conditions; one that leads lower still does.
template <class T>
bool LineSearch<T>::take_best(const Point& low) {
  if (low.step == 0 || !(low.value < origin_.value)) return false;
  taken_ = look(low.step);
  return true;
}

template class LineSearch<float>;
template class LineSearch<double>;

}  // namespace ffwd
