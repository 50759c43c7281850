// Hands a workload to programs in other languages, so that all train the same network from the same weights on the
// same data.
//
//   write_workload NAME [ROWS] [--to FILE]   describes it in a line of JSON, and writes into FILE, as floats of the
//                                            machine: x [rows, inputs], y [rows], then for each model and layer the
//                                            weights that ffwd begins with, [outputs, inputs], and biases [outputs]
//   write_workload NAME [ROWS] --csv FILE    the rows as a table, with columns x0 … and y
//   write_workload --list                    all names, a line of JSON each
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <variant>
#include <vector>

#include "ffwd_workload.h"
#include "model/engine.h"
#include "repetitions.h"
#include "workloads.h"

namespace bench {
namespace {

void describe(const Workload& w) {
  std::string sizes;
  for (const std::size_t size : w.sizes) sizes += (sizes.empty() ? "" : ", ") + std::to_string(size);
  std::printf(
      R"({"name": "%s", "sizes": [%s], "loss": "%s", "rows": %zu, "batch": %zu, "optimizer": "%s", "rate": %g, )"
      R"("unit": "%s", "epochs": %zu, "models": %zu, "loss_epochs": %zu, "starts_anew": %s})"
      "\n",
      w.name.c_str(), sizes.c_str(), w.loss.c_str(), w.rows, w.batch, w.optimizer.c_str(), w.rate(), w.unit.c_str(),
      w.epochs, w.models, loss_epochs(w), w.starts_anew() ? "true" : "false");
}

void write(std::ofstream& file, const std::vector<float>& numbers) {
  file.write(reinterpret_cast<const char*>(numbers.data()),
             static_cast<std::streamsize>(numbers.size() * sizeof(float)));
}

void write_binary(const Workload& w, const std::string& path) {
  std::ofstream file(path, std::ios::binary);
  write(file, w.x);
  write(file, w.y);
  for (std::size_t model = 0; model < w.models; ++model) {
    const ffwd::Engine<float> engine(network_of(w),
                                     std::vector<ffwd::AlignedVector<float>>{initial_weights_of(w, model)});
    for (const ffwd::Tensor& tensor : engine.tensors()) write(file, std::get<std::vector<float>>(tensor.values));
  }
  if (!file.flush()) refuse("could not write '" + path + "'");
}

void write_csv(const Workload& w, const std::string& path) {
  std::FILE* const file = std::fopen(path.c_str(), "w");
  if (file == nullptr) refuse("could not write '" + path + "'");
  for (std::size_t j = 0; j < w.inputs(); ++j) std::fprintf(file, "x%zu,", j);
  std::fprintf(file, "y\n");
  for (std::size_t i = 0; i < w.rows; ++i) {
    for (std::size_t j = 0; j < w.inputs(); ++j)
      std::fprintf(file, "%.7g,", static_cast<double>(w.x[i * w.inputs() + j]));
    std::fprintf(file, w.loss == "ce" ? "c%02.0f\n" : "%.7g\n", static_cast<double>(w.y[i]));
  }
  if (std::fclose(file) != 0) refuse("could not write '" + path + "'");
}

void run(const std::vector<std::string>& words) {
  if (words.empty()) refuse("write_workload NAME [ROWS] [--to FILE | --csv FILE], or --list");
  if (words[0] == "--list") {
    for (const std::string_view workload : kWorkloads) describe(parse_workload(std::string(workload)));
    return;
  }
  std::size_t next = 1, rows = 0;
  if (next < words.size() && !words[next].starts_with("--")) rows = count_from(words[next++]);
  const Workload w = make_workload(words[0], rows);
  if (next + 1 < words.size() && words[next] == "--to") {
    write_binary(w, words[next + 1]);
  } else if (next + 1 < words.size() && words[next] == "--csv") {
    write_csv(w, words[next + 1]);
  } else if (next < words.size()) {
    refuse("unknown argument '" + words[next] + "'; known are --to FILE and --csv FILE");
  }
  describe(w);
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) { bench::run({argv + 1, argv + argc}); }
