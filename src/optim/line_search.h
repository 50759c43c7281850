// Line search: how far to go along a descent direction, by the strong Wolfe conditions.
//
// Source: Nocedal & Wright (2006), algorithms 3.5 and 3.6, steps by cubic interpolation (equation 3.59); near the
// minimum, where rounding hides what is won, by the slope alone, after Hager & Zhang (2005), equation 4.1.
#pragma once

#include <cstddef>

#include "core/aligned.h"
#include "kernels/kernels.h"
#include "optim/minimizer.h"

namespace ffwd {

struct WolfeConditions {
  double decrease = 1e-4;  ///< f(a) <= f(0) + decrease · a · f'(0)
  double curvature = 0.9;  ///< |f'(a)| <= curvature · |f'(0)|
};

template <class T>
class LineSearch {
 public:
  LineSearch(Objective<T>& objective, WolfeConditions wolfe);

  /// Where a search starts from, and where it ends. Vectors are the caller's.
  struct Place {
    T* parameters;
    T* gradient;
    double value;
  };

  /// Goes from `at` along `direction`, downhill, and tries `first` as the first step. True: `at` is there, and step()
  /// says how far it is. False: no step leads lower, and `at` is as it was.
  bool search(Place& at, const T* direction, double first);
  [[nodiscard]] double step() const { return taken_.step; }

 private:
  struct Point {
    double step = 0, value = 0, slope = 0;
  };

  /// The objective at start + step · direction; leaves parameters and gradient there.
  Point look(double step);
  [[nodiscard]] bool decreases_enough(const Point& p) const;
  [[nodiscard]] bool is_fine(const Point& p) const;
  /// The point that is to be taken, between two of which the first is the better; false if there is none.
  bool zoom(Point low, Point high);
  bool take_best(const Point& low);

  Objective<T>& objective_;
  WolfeConditions wolfe_;
  AlignedVector<T> start_, start_gradient_;
  Place* at_ = nullptr;
  const T* direction_ = nullptr;
  Point origin_, taken_;
};

}  // namespace ffwd
