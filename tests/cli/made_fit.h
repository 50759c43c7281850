// A small model, fitted in an instant.
#pragma once

#include <string>

#include "cli/made_csv.h"
#include "ffwd/model.h"

namespace ffwd {

/// Trains on 200 made-up rows to predict `target`, "y" (a number) or "grade" (low, high). Always the same bits.
inline FitResult made_fit(const std::string& target) {
  FitOptions options;
  options.targets = {target};
  options.drop = {target == "y" ? "grade" : "y"};
  options.hidden = "8";
  options.train.epochs = 5;
  options.train.threads = 1;
  return fit(read_csv(made_csv(200), "made.csv"), nullptr, nullptr, options);
}

}  // namespace ffwd
