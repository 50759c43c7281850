// What `ffwd train` shows a person: what was read and inferred, the network, what it is worth, what to do next.
#pragma once

#include <string>

#include "cli/console.h"
#include "ffwd/model.h"
#include "ffwd/table.h"

namespace ffwd {

/// "houses.csv  20,640 rows, 10 columns, separated by ','"
void print_read(const Console& console, const Table& table);

void print_prepared(const Console& console, const Prepared& prepared);

/// How training ended, the metrics of each part beside the trivial model's, and the confusion matrix of rows that were
/// not trained on.
void print_result(const Console& console, const FitResult& result);

struct Written {
  std::string model;
  std::string plot;  ///< "" = none
  double seconds = 0.0;
};
void print_written(const Console& console, const Written& written);

}  // namespace ffwd
