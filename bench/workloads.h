// The workloads that ffwd and its peers are timed on: sizes, and made-up data that every program of bench/ makes alike.
// Nothing of ffwd is in here, so that the yardsticks can use it.
//
// A workload is written "NAME:8,64,64,1:mse:20000:32:adam:relu:1:1": layer sizes, loss (mse, bce, ce), rows, rows of a
// batch, optimiser (adam at a rate of 0.001, sgd at 0.1), hidden unit, epochs and models of one repetition. The last
// four may be left out, as in "mine:12,40,40,1:mse:20000:32"; of those below the name is enough.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace bench {

struct Workload {
  std::string name;
  std::vector<std::size_t> sizes;  ///< inputs, hidden layers, outputs
  std::string loss;
  std::size_t rows = 0, batch = 0;
  std::string optimizer = "adam";
  std::string unit = "relu";
  /// Of one repetition. With more than one, a repetition is a whole training from new initial weights; with one, it is
  /// the next epoch of a training that goes on.
  std::size_t epochs = 1;
  std::size_t models = 1;  ///< trained in one repetition, from different initial weights
  std::vector<float> x;    ///< [rows, inputs]
  std::vector<float> y;    ///< [rows]; a class number for ce

  [[nodiscard]] std::size_t inputs() const { return sizes.front(); }
  [[nodiscard]] std::size_t outputs() const { return sizes.back(); }
  [[nodiscard]] std::size_t layers() const { return sizes.size() - 1; }
  [[nodiscard]] bool starts_anew() const { return epochs > 1; }
  [[nodiscard]] double rate() const { return optimizer == "adam" ? 1e-3 : 0.1; }
};

inline constexpr std::array<std::string_view, 10> kWorkloads = {
    "W1:1,3,1:mse:50:50:sgd:tanh:10000:1",
    "W2:2,2,1:bce:4:1:sgd:tanh:5000:1",
    "W3:8,64,64,1:mse:20000:32:adam:relu:1:1",
    "W4:16,100,100,26:ce:20000:32:adam:relu:1:1",
    "W5:50,100,100,100,100,100,1:bce:50000:16:adam:relu:1:1",
    "W6:784,256,128,10:ce:20000:128:adam:relu:1:1",
    "W7:784,1024,1024,10:ce:8192:256:adam:relu:1:1",
    "W8:8,64,64,1:mse:20000:32:adam:relu:5:40",
    "I1:16,100,100,26:ce:2000:1:adam:relu:1:1",
    "I2:16,100,100,26:ce:100000:500:adam:relu:1:1",
};

/// Ends the program: what was asked for does not exist.
[[noreturn]] inline void refuse(const std::string& what) {
  std::fprintf(stderr, "%s\n", what.c_str());
  std::exit(2);
}

inline std::size_t count_from(const std::string& text) {
  char* end = nullptr;
  const unsigned long long n = std::strtoull(text.c_str(), &end, 10);
  if (text.empty() || *end != '\0' || n == 0) refuse("'" + text + "' is not a count of at least 1");
  return static_cast<std::size_t>(n);
}

inline std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, at);) parts.push_back(part);
  return parts;
}

/// Reads the form above; no data yet.
inline Workload parse_workload(const std::string& text) {
  const std::vector<std::string> parts = split(text, ':');
  if (parts.size() < 5) refuse("a workload is written NAME:8,64,64,1:mse:20000:32, not '" + text + "'");
  Workload w;
  w.name = parts[0];
  w.loss = parts[2];
  w.rows = count_from(parts[3]);
  w.batch = count_from(parts[4]);
  for (const std::string& size : split(parts[1], ',')) w.sizes.push_back(count_from(size));
  if (w.sizes.size() < 2) refuse("a network has at least two sizes, as 8,1, not '" + parts[1] + "'");
  if (w.loss != "mse" && w.loss != "bce" && w.loss != "ce") refuse("a loss is mse, bce or ce, not '" + w.loss + "'");
  if (w.loss != "ce" && w.outputs() != 1) refuse(w.loss + " wants one output");
  if (parts.size() > 5) w.optimizer = parts[5];
  if (parts.size() > 6) w.unit = parts[6];
  if (parts.size() > 7) w.epochs = count_from(parts[7]);
  if (parts.size() > 8) w.models = count_from(parts[8]);
  return w;
}

/// A sine to be followed, and the exclusive or. The sine is not an odd function of x: with one, training would walk
/// along a ridge, and rounding alone would say when it falls off.
inline void fill_tiny(Workload& w) {
  if (w.name == "W2") {
    w.x = {0, 0, 0, 1, 1, 0, 1, 1};
    w.y = {0, 1, 1, 0};
    return;
  }
  for (std::size_t i = 0; i < w.rows; ++i) {
    const double x = -1 + 2.0 * static_cast<double>(i) / static_cast<double>(w.rows - 1);
    w.x.push_back(static_cast<float>(x));
    w.y.push_back(static_cast<float>(std::sin(3.14159265358979323846 * x + 0.5)));
  }
}

/// Normal inputs; targets from a network with 32 tanh units and random weights: its output and some noise, whether
/// that is positive, or which of its outputs is the largest.
inline void fill_from_teacher(Workload& w) {
  constexpr std::size_t kUnits = 32;
  std::mt19937 random(7);
  std::normal_distribution<float> normal;
  std::vector<float> first(w.inputs() * kUnits), second(kUnits * w.outputs());
  for (float& v : first) v = normal(random) / std::sqrt(static_cast<float>(w.inputs()));
  for (float& v : second) v = normal(random);
  w.x.resize(w.rows * w.inputs());
  for (float& v : w.x) v = normal(random);
  w.y.resize(w.rows);
  std::vector<float> hidden(kUnits), output(w.outputs());
  for (std::size_t i = 0; i < w.rows; ++i) {
    std::fill(hidden.begin(), hidden.end(), 0.0f);
    std::fill(output.begin(), output.end(), 0.0f);
    for (std::size_t k = 0; k < w.inputs(); ++k) {
      const float x = w.x[i * w.inputs() + k];
      for (std::size_t j = 0; j < kUnits; ++j) hidden[j] += x * first[k * kUnits + j];
    }
    for (std::size_t j = 0; j < kUnits; ++j) {
      const float h = std::tanh(hidden[j]);
      for (std::size_t o = 0; o < w.outputs(); ++o) output[o] += h * second[j * w.outputs() + o];
    }
    if (w.loss == "ce") {
      w.y[i] = static_cast<float>(std::max_element(output.begin(), output.end()) - output.begin());
    } else {
      w.y[i] = w.loss == "bce" ? (output[0] > 0 ? 1.0f : 0.0f) : output[0] + 0.1f * normal(random);
    }
  }
}

/// `text`: a name of the table or the form above. `rows`: so many instead of the workload's own, where that has more;
/// 0 = all of them.
inline Workload make_workload(const std::string& text, std::size_t rows = 0) {
  std::string form = text;
  for (const std::string_view known : kWorkloads)
    if (known.substr(0, known.find(':')) == text) form = known;
  if (form.find(':') == std::string::npos) refuse("there is no workload '" + text + "'; the last are W8, I1 and I2");
  Workload w = parse_workload(form);
  const bool tiny = w.name == "W1" || w.name == "W2";
  if (rows != 0 && !tiny) w.rows = std::max(w.batch, std::min(w.rows, rows));
  tiny ? fill_tiny(w) : fill_from_teacher(w);
  return w;
}

}  // namespace bench
