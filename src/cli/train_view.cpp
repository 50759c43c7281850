#include "cli/train_view.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "cli/metrics_view.h"
#include "cli/network_view.h"
#include "cli/readable.h"
#include "core/text.h"

namespace ffwd {
namespace {

struct NamedPart {
  const char* name;
  const FitResult::Part& part;
};

std::vector<NamedPart> parts_with_rows(const FitResult& result) {
  std::vector<NamedPart> parts;
  for (const NamedPart& named :
       {NamedPart{"train", result.train}, NamedPart{"valid", result.valid}, NamedPart{"test", result.test}}) {
    if (named.part.rows > 0) parts.push_back(named);
  }
  return parts;
}

/// "14,448 rows to train on, 2,064 to validate on (--valid-fraction, --valid), none to test on (…)"
std::string split_of(const Prepared& prepared) {
  const auto some = [](std::size_t rows) { return rows == 0 ? std::string("none") : with_thousands(rows); };
  return counted(prepared.train_rows, "row") + " to train on, " + some(prepared.valid_rows) +
         " to validate on (--valid-fraction, --valid), " + some(prepared.test_rows) +
         " to test on (--test-fraction, --test)";
}

/// "5 members in 3.1 s; the weights of their epochs 12 to 31 are kept, …; answers are averaged"
std::string how_members_ended(const FitResult& result) {
  const auto [least, most] = std::ranges::minmax(result.members, {}, &FitResult::Member::best_epoch);
  const auto [low, high] = std::ranges::minmax(result.members, {}, &FitResult::Member::valid_loss);
  std::string text = std::to_string(result.members.size()) + " members in " + readable_seconds(result.train_seconds);
  if (result.interrupted) text += ", interrupted";
  if (result.timed_out) text += ", then the time was up";
  text += "; the weights of their epochs " + std::to_string(least.best_epoch) + " to " +
          std::to_string(most.best_epoch) + " are kept";
  if (std::isfinite(low.valid_loss)) {
    text += ", of validation losses " + readable(low.valid_loss) + " to " + readable(high.valid_loss);
  }
  return text + "; answers are averaged";
}

std::string how_it_ended(const FitResult& result) {
  if (result.members.size() > 1) return how_members_ended(result);
  std::string text = counted(result.epochs, "epoch") + " in " + readable_seconds(result.train_seconds);
  if (result.interrupted) text += ", interrupted";
  if (result.timed_out) text += ", then the time was up";
  if (result.starts > 1) {
    text = "start " + std::to_string(result.start) + " of " + std::to_string(result.starts) + " is kept, of " + text +
           " for all";
  }
  if (result.best_epoch == result.epochs) return text + "; the last weights are kept";
  const bool by_loss = std::isnan(result.history[result.best_epoch - 1].valid_score);
  return text + "; the weights of epoch " + std::to_string(result.best_epoch) + ", best by validation " +
         (by_loss ? "loss" : "figure") + ", are kept";
}

/// `path` as one word of a shell command.
std::string shell_word(const std::string& path) {
  if (path.find_first_of(" \t\"'$`\\&|;<>()*?[]#~!") == std::string::npos) return path;
  std::string quoted = "'";
  for (const char c : path) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

}  // namespace

void print_read(const Console& console, const Table& table) {
  const std::string delimiter = table.delimiter == '\t' ? "tabs" : "'" + std::string(1, table.delimiter) + "'";
  console.out << console.bold("Read") << "  " << table.source << ": " << counted(table.n_rows(), "row") << ", "
              << counted(table.n_columns(), "column");
  if (table.delimiter != 0 && table.n_columns() > 1) console.out << ", separated by " << delimiter;
  console.out << '\n';
}

void print_prepared(const Console& console, const Prepared& prepared) {
  console.out << '\n' << console.bold("Inferred") << '\n';
  for (const std::string& note : prepared.notes) console.out << "  " << note << '\n';
  console.out << "  " << split_of(prepared) << "\n\n";
  print_network(console, prepared.network);
  console.out << std::flush;  // before minutes of training
}

void print_result(const Console& console, const FitResult& result) {
  console.out << '\n' << console.bold("Trained") << "  " << how_it_ended(result) << "\n\n";
  const std::vector<NamedPart> parts = parts_with_rows(result);
  const NamedPart& last = parts.back();
  console.out << console.bold("Metrics") << '\n';
  std::vector<MetricsColumn> columns;
  for (const NamedPart& named : parts) columns.push_back({named.name, &named.part.metrics});
  columns.push_back({"trivial model (" + std::string(last.name) + ")", &last.part.baseline});
  print_metrics(console, columns);
  if (last.part.metrics.confusion.empty()) return;
  console.out << '\n'
              << console.bold("Confusion matrix") << "  of the " << counted(last.part.rows, "row") << " of '"
              << last.name << "'\n";
  print_confusion(console, last.part.metrics, result.model->classes());
}

void print_next(const Console& console, const std::string& model) {
  console.out << console.bold("Next") << "   ffwd predict " << shell_word(model) << " NEW.csv -o predictions.csv\n";
}

}  // namespace ffwd
