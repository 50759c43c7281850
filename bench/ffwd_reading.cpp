// ffwd's side of reading: the file, given in place of a workload, into a Table. repetitions.h says how it is run.
#include <cstddef>
#include <cstdlib>
#include <optional>

#include "ffwd/error.h"
#include "ffwd/table.h"
#include "repetitions.h"

namespace bench {
namespace {

void run(const Arguments& arguments) {
  ffwd::ReadOptions options;
  options.threads = arguments.threads;
  std::size_t cells = 0;
  Turns turns(arguments, "ffwd", arguments.workload, std::nullopt);
  while (turns.next()) {
    const double began = now();
    const ffwd::Table table = ffwd::read_table(arguments.workload, options);
    turns.answer(now() - began);
    cells += table.n_rows() * table.n_columns();
  }
  if (cells == 0) refuse("'" + arguments.workload + "' has no cells");  // also keeps the tables from being left out
}

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
  try {
    bench::run(bench::parse_arguments(argc, argv));
  } catch (const ffwd::Error& error) {
    bench::refuse(error.what());
  }
}
