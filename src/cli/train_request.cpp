#include "cli/train_request.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "cli/column_words.h"
#include "cli/common_options.h"
#include "cli/output_path.h"
#include "core/json.h"
#include "core/names.h"
#include "core/raise.h"
#include "core/text.h"
#include "file/atomic_write.h"
#include "network/network_draft.h"
#include "pipeline/column_encoder.h"
#include "table/column_store.h"
#include "table/parquet_store.h"

namespace ffwd {
namespace {

[[noreturn]] void refuse(const std::string& option, std::string what, std::string fix) {
  raise({.kind = ErrorKind::kUsage, .what = std::move(what), .where = option, .fix = std::move(fix)});
}

/// "age=quantile". Both names of columns and ordered texts may hold signs of equality: an encoding follows the right
/// one.
std::pair<std::string, std::string> column_and_encoding(const std::string& given) {
  const std::vector<std::string> known = encoding_names();
  for (std::size_t at = given.find('='); at != std::string::npos; at = given.find('=', at + 1)) {
    std::string encoding = given.substr(at + 1);
    const std::string word = encoding_word(encoding);
    if (at == 0 || std::ranges::find(known, word) == known.end()) continue;
    if (word != encoding && word != "ordinal") {
      refuse("--encode", "'" + shorten(word) + "' takes no list of values", "give --encode COLUMN=" + word);
    }
    return {given.substr(0, at), std::move(encoding)};
  }
  const std::size_t at = given.find('=');
  if (at == 0 || at == std::string::npos) {
    refuse("--encode", "'" + shorten(given) + "' names no column and encoding",
           "give both, as in --encode age=quantile");
  }
  refuse("--encode", unknown_name("encoding", encoding_word(given.substr(at + 1)), known),
         "the encodings are " + join_names(known, "and"));
}

/// Whether the columns that `table` has are read in one way by both.
bool reads_alike(const Table& table, const ReadOptions& a, const ReadOptions& b) {
  return std::ranges::all_of(table.columns(), [&](const Column& column) {
    return a.types.contains(column.name) == b.types.contains(column.name);
  });
}

bool same_file(const std::string& a, const std::string& b) {
  return std::filesystem::path(a).lexically_normal() == std::filesystem::path(b).lexically_normal();
}

}  // namespace

void TrainRequest::settle() {
  if (target.empty()) {
    refuse("--target", "train has to know which column to predict",
           "name it, as in ffwd train " + data + " --target NAME; ffwd inspect " + data + " lists the columns");
  }
  fit.targets = target;  // until the table tells commas in names from those between them
  settle_rows();
  settle_encodings();
  settle_optimizer();
  settle_network();
  if (patience.value_or(0) > 0 && valid.empty() && fit.valid_fraction == 0.0) {
    refuse("--patience", "there are no validation rows to look at", "leave it or --valid-fraction 0 out");
  }
  if (fit.train.stop_on != "loss" && valid.empty() && fit.valid_fraction == 0.0) {
    refuse("--stop-on", "there are no validation rows to look at", "leave it or --valid-fraction 0 out");
  }
  if (patience) fit.train.patience = *patience;
  settle_selection();
  fit.validate();
  if (output.empty()) output = default_model_path(joined(target, ","));
  settle_outputs();
}

void TrainRequest::settle_network() {
  if (!activation.empty()) {
    if (fit.hidden && hidden_layers(*fit.hidden).without_unit == 0) {
      refuse("--activation", "--hidden leaves no layer without a unit", "leave one of the two out");
    }
    if (!network.empty()) refuse("--activation", "--network says the units itself", "leave one of the two out");
    fit.activation = activation;
  }
  if (network.empty()) return;
  if (fit.hidden || fit.dropout > 0 || !embed.empty()) {
    refuse(fit.hidden        ? "--hidden"
           : fit.dropout > 0 ? "--dropout"
                             : "--embed",
           "--network is the whole network", "leave one of the two out");
  }
  std::error_code fault;
  std::ifstream file(network, std::ios::binary);
  const bool readable = file && !std::filesystem::is_directory(network, fault);
  if (!readable) refuse("--network", "'" + network + "' cannot be read", "name a JSON file, as docs/network.md has it");
  fit.network.assign(std::istreambuf_iterator<char>(file), {});
  static_cast<void>(draft_from_json(parse_json(fit.network, ErrorKind::kUsage, network), network));
}

bool TrainRequest::cuts_rows() const {
  return (valid.empty() && fit.valid_fraction != 0.0) || (test.empty() && fit.test_fraction != 0.0) ||
         select.folds > 0 || !select.penalty.empty();
}

void TrainRequest::settle_rows() {
  read.threads = fit.train.threads;
  if (!valid.empty() && fit.valid_fraction) {
    refuse("--valid-fraction", "the rows for validation are in '" + valid + "'", "leave it or --valid out");
  }
  if (!test.empty() && fit.test_fraction) {
    refuse("--test-fraction", "the rows for testing are in '" + test + "'", "leave it or --test out");
  }
  if (!fit.group.empty() && !cuts_rows()) {
    refuse("--group", "it keeps rows together where the table is cut, and nothing is cut off for validation or testing",
           "leave it out, or one of --valid, --test, --valid-fraction 0 and --test-fraction 0");
  }
  read_as_texts(columns_maybe_named(categorical));
  if (!missing.empty()) {
    fit.missing = missing;
    read.missing = missing;
  }
}

void TrainRequest::settle_encodings() {
  fit.bound = !no_bound;
  fit.encode.clear();
  for (const std::string& given : encode) {
    auto [column, encoding] = column_and_encoding(given);
    if (!fit.encode.emplace(column, encoding).second) {
      refuse("--encode", "'" + shorten(column) + "' is given two encodings", "give it one");
    }
  }
}

void TrainRequest::settle_outputs() const {
  check_not_read("--output", output, files_read());
  check_model_path("--output", output);
  check_writable(output);
  settle_picture("--plot", plot);
  settle_picture("--plot-path", plot_path);
  if (!plot.empty() && same_file(plot, plot_path)) {
    refuse("--plot-path", "'" + plot_path + "' is the picture of --plot", "name another file");
  }
}

void TrainRequest::settle_picture(const std::string& option, const std::string& path) const {
  if (path.empty()) return;
  check_not_read(option, path, files_read());
  if (same_file(path, output)) refuse(option, "'" + path + "' is the model file", "name another file");
  check_picture_path(option, path);
}

void TrainRequest::settle_selection() {
  const bool has_path = !select.penalty.empty();
  const auto needs_path = [&](const char* option, bool given) {
    if (given && !has_path) refuse(option, "there is no penalty to choose", "give --l2 cv or --l1 cv, or leave it out");
  };
  needs_path("--lambdas", lambdas.has_value());
  needs_path("--cv-rule", !cv_rule.empty());
  needs_path("--plot-path", !plot_path.empty());
  if (lambdas) select.lambdas = *lambdas;
  if (!cv_rule.empty()) select.rule = cv_rule;
  select.validate();
}

void TrainRequest::settle_optimizer() {
  if (learning_rate && *learning_rate <= 0) {
    refuse_value("--learning-rate", shortest(*learning_rate), "is not over 0", "give a number such as 0.01 or 1e-3");
  }
  if (learning_rate) fit.train.learning_rate = *learning_rate;
}

void TrainRequest::read_as_texts(const std::vector<std::string>& names) {
  read.types.clear();
  for (const std::string& name : names) read.types[name] = ColumnType::kText;
}

Table TrainRequest::read_data(std::size_t large) {
  Table table = open_table(data_path(data), read, large);
  const ReadOptions guessed = read;
  read_as_texts(columns_named(categorical, table));
  if (reads_alike(table, guessed, read)) return table;
  table = {};  // before the second one takes its room
  return open_table(data_path(data), read, large);
}

void TrainRequest::name_columns(const Table& table) {
  fit.targets = columns_named(target, table);
  fit.drop = columns_named(drop, table);
  fit.embed = embedded_columns("--embed", embed, table);
  const std::vector<std::string> categories = columns_named(categorical, table);
  static_cast<void>(find_columns("--categorical", categories, table));
  for (const std::string& name : categories) {
    if (std::ranges::find(fit.targets, name) != fit.targets.end()) {
      refuse("--categorical", "'" + shorten(name) + "' is the target",
             "leave it out; --task classification makes classes of numbers");
    }
    if (std::ranges::find(fit.drop, name) == fit.drop.end()) continue;
    refuse("--categorical", "--drop leaves '" + shorten(name) + "' out", "name it in one of the two");
  }
}

void TrainRequest::bring_in_roles(Table& table) const {
  bring_in(table, fit.targets);
  const std::string roles[] = {fit.weight, fit.group};
  bring_in(table, roles);
}

std::vector<std::string> TrainRequest::files_read() const {
  std::vector<std::string> files = {data};
  for (const std::string& file : {config, network, valid, test}) {
    if (!file.empty()) files.push_back(file);
  }
  return files;
}

}  // namespace ffwd
