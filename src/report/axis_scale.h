// Scales: from the numbers of an axis to its pixels, with ticks at round numbers.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace ffwd {

struct Tick {
  double value = 0.0;
  std::string label;
};

/// Where an axis lies: the pixels of its two ends and about how many ticks there is room for.
struct AxisRoom {
  double first_pixel = 0.0, last_pixel = 0.0;
  std::size_t n_ticks = 6;
};

class AxisScale {
 public:
  /// Ends at round numbers that hold [low, high]. All finite, |.| at most 1e100, low <= high.
  static AxisScale linear(double low, double high, const AxisRoom& room);
  /// As above; low > 0.
  static AxisScale logarithmic(double low, double high, const AxisRoom& room);
  /// For counted things, from `low` to `high` exactly; ticks at whole numbers, `low` among them.
  static AxisScale counted(std::size_t low, std::size_t high, const AxisRoom& room);

  [[nodiscard]] double operator()(double value) const;
  [[nodiscard]] const std::vector<Tick>& ticks() const { return ticks_; }
  [[nodiscard]] bool is_logarithmic() const { return logarithmic_; }

 private:
  AxisScale(double low, double high, const AxisRoom& room, bool logarithmic);

  double low_, high_;  // of log10 of the values, if logarithmic
  double first_pixel_, last_pixel_;
  bool logarithmic_;
  std::vector<Tick> ticks_;
};

}  // namespace ffwd
