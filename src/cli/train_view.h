// What `ffwd train` shows a person: what was read and inferred, the network, what it is worth, what to do next.
#pragma once

#include <string>

#include "cli/console.h"
#include "ffwd/select.h"
#include "ffwd/table.h"

namespace ffwd {

/// "houses.csv  20,640 rows, 10 columns, separated by ','"
void print_read(const Console& console, const Table& table);

void print_prepared(const Console& console, const Prepared& prepared);

/// How training ended, the metrics of each part beside the trivial model's, and the confusion matrix of rows that were
/// not trained on.
/// What cross-validation found, if there was one.
void print_selection(const Console& console, const SelectResult& selected);
void print_result(const Console& console, const FitResult& result);

/// "Next   ffwd predict price.ffwd NEW.csv -o predictions.csv", to be pasted into a shell.
void print_next(const Console& console, const std::string& model);

}  // namespace ffwd
