// ffwd derivatives: how a model's answers move with the cells of its rows, and how its loss moves with its weights.
#include "ffwd/derivatives.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "cli/column_words.h"
#include "cli/common_options.h"
#include "cli/output_path.h"
#include "cli/predicted.h"
#include "cli/readable.h"
#include "cli/signals.h"
#include "cli/text_table.h"
#include "cli/verb.h"
#include "cli/written_view.h"
#include "core/json.h"
#include "core/names.h"
#include "core/raise.h"
#include "core/text.h"
#include "file/atomic_write.h"
#include "table/arrow_file.h"

namespace ffwd {
namespace {

constexpr const char* kOf[] = {"answers", "network", "loss"};

class DerivativesVerb final : public Verb {
 public:
  void declare(Command& command) override;
  int run(Console& console) override;

 private:
  void show_answers(const Console& console, const Predicted& predicted) const;
  void show_network(const Console& console, const Predicted& predicted) const;
  void show_loss(const Console& console, const Predicted& predicted) const;
  void show_check(const Console& console, const Predicted& predicted) const;
  void write(const Console& console, const std::string& csv) const;

  PredictionInput input_;
  std::string of_ = kOf[0], output_;
  bool check_ = false, json_ = false;
  double started_ = 0;
};

/// What a column of numbers comes to over the rows.
struct Summary {
  double mean = 0, size = 0, least = HUGE_VAL, most = -HUGE_VAL;
};

Summary summary_of(const Matrix& values, std::size_t column) {
  Summary s;
  const auto n = static_cast<double>(values.rows());
  for (std::size_t row = 0; row < values.rows(); ++row) {
    const double v = values(row, column);
    s.mean += v / n;
    s.size += std::abs(v) / n;
    s.least = std::min(s.least, v);
    s.most = std::max(s.most, v);
  }
  return s;
}

std::string csv_of(const std::vector<std::string>& names, const Matrix& values) {
  std::string csv;
  for (std::size_t c = 0; c < names.size(); ++c) csv += (c == 0 ? "" : ",") + csv_field(names[c]);
  csv += '\n';
  for (std::size_t row = 0; row < values.rows(); ++row) {
    for (std::size_t c = 0; c < names.size(); ++c) csv += (c == 0 ? "" : ",") + shortest(values(row, c));
    csv += '\n';
  }
  return csv;
}

std::string by(const std::string& what, const std::string& over) { return "d " + what + " / d " + over; }

void DerivativesVerb::declare(Command& command) {
  command.argument("MODEL", "the model file, as train wrote it", input_.model);
  command.argument("DATA", "rows with the columns the model reads; for the loss, its target too", input_.data);
  command.option({.names = "--of",
                  .value = "WHAT",
                  .summary =
                      "answers: predictions with respect to cells, in the columns' own units; network: raw outputs "
                      "with respect to features; loss: the mean loss with respect to each weight",
                  .default_text = of_,
                  .set = choice(of_, {std::begin(kOf), std::end(kOf)})});
  command.flag("--check", "compares gradients and products with the Hessian with central differences", check_);
  command.option({.names = "-o,--output",
                  .value = "FILE",
                  .summary =
                      "the CSV file to write: a row of derivatives for each row of DATA; of the loss, one for each "
                      "weight",
                  .set = text(output_)});
  declare_delimiter(command, input_.delimiter);
  declare_json(command, json_);
}

int DerivativesVerb::run(Console& console) {
  const StopSignals stop;
  started_ = console.clock();
  if (check_ && !output_.empty()) {
    raise({.kind = ErrorKind::kUsage,
           .what = "--check writes no file",
           .where = "--output",
           .fix = "leave one of the two out"});
  }
  if (check_ && of_ != kOf[0]) {
    raise({.kind = ErrorKind::kUsage,
           .what = "--check compares derivatives of the loss",
           .where = "--of",
           .fix = "leave one of the two out"});
  }
  if (output_ == "-" || arrow_kind_of_name(output_)) {
    raise({.kind = ErrorKind::kUsage,
           .what = "'" + output_ + "' is no CSV file",
           .where = "--output",
           .fix = "name a file, such as derivatives.csv"});
  }
  if (!output_.empty()) {
    const std::vector<std::string> read = {input_.model, input_.data};
    check_not_read("--output", output_, read);
    check_writable(output_);
  }
  Warnings warnings(console);
  const Predicted predicted = predict_file(input_, {}, warnings);
  if (predicted.table.n_rows() == 0) {
    raise({.kind = ErrorKind::kData,
           .what = "there are no data rows to take derivatives at",
           .where = input_.data,
           .fix = "give a file with rows"});
  }
  if (check_) {
    show_check(console, predicted);
  } else if (of_ == kOf[0]) {
    show_answers(console, predicted);
  } else if (of_ == kOf[1]) {
    show_network(console, predicted);
  } else {
    show_loss(console, predicted);
  }
  return stop.exit_code();
}

void DerivativesVerb::write(const Console& console, const std::string& csv) const {
  if (output_.empty()) return;
  const StopSignals::Held held;
  write_file(output_, csv);
  if (!json_) print_wrote(console, {&output_, 1}, console.clock() - started_);
}

void DerivativesVerb::show_answers(const Console& console, const Predicted& predicted) const {
  const Sensitivities s = sensitivities(predicted.model, predicted.table);
  std::vector<std::string> names;
  Json json = Json::array();
  TextTable table({{.text = "answer", .left = true},
                   {.text = "column", .left = true},
                   {.text = "mean"},
                   {.text = "mean size"},
                   {.text = "least"},
                   {.text = "most"}});
  for (const std::string& answer : s.answers) {
    for (const std::string& column : s.columns) {
      const Summary of = summary_of(s.values, names.size());
      names.push_back(by(answer, column));
      table.add({shorten(answer), shorten(column), readable(of.mean), readable(of.size), readable(of.least),
                 readable(of.most)});
      json.push_back({{"answer", answer},
                      {"column", column},
                      {"mean", of.mean},
                      {"mean_size", of.size},
                      {"least", of.least},
                      {"most", of.most}});
    }
  }
  if (json_) {
    console.out << dump_json({{"rows", predicted.table.n_rows()}, {"sensitivities", json}}) << '\n';
  } else {
    console.out << console.bold("Sensitivities") << "  of the answers on " << counted(predicted.table.n_rows(), "row")
                << " of " << input_.data << ", in their unit per unit of the column\n";
    table.print(console);
  }
  write(console, csv_of(names, s.values));
}

void DerivativesVerb::show_network(const Console& console, const Predicted& predicted) const {
  const NetworkJacobian jacobian = network_jacobian(predicted.model, predicted.table);
  std::vector<std::string> names;
  TextTable table({{.text = "output"}, {.text = "feature", .left = true}, {.text = "mean"}, {.text = "mean size"}});
  Json json = Json::array();
  for (std::size_t o = 0; o < jacobian.n_outputs; ++o) {
    for (const std::string& feature : jacobian.features) {
      const Summary of = summary_of(jacobian.values, names.size());
      names.push_back(by("output " + std::to_string(o + 1), feature));
      table.add({std::to_string(o + 1), shorten(feature), readable(of.mean), readable(of.size)});
      json.push_back({{"output", o + 1}, {"feature", feature}, {"mean", of.mean}, {"mean_size", of.size}});
    }
  }
  if (json_) {
    console.out << dump_json({{"rows", predicted.table.n_rows()}, {"jacobian", json}}) << '\n';
  } else {
    console.out << console.bold("Jacobian") << "  of the network's raw outputs by its features, on "
                << counted(predicted.table.n_rows(), "row") << " of " << input_.data << '\n';
    table.print(console);
  }
  write(console, csv_of(names, jacobian.values));
}

void DerivativesVerb::show_loss(const Console& console, const Predicted& predicted) const {
  const LossGradient gradient = loss_gradient(predicted.model, predicted.table);
  TextTable table({{.text = "tensor", .left = true}, {.text = "numbers"}, {.text = "norm"}, {.text = "largest"}});
  Json json = Json::object();
  std::string csv = "tensor,index,gradient\n";
  for (const LossGradient::Tensor& tensor : gradient.tensors) {
    double squares = 0, largest = 0;
    for (std::size_t i = 0; i < tensor.values.size(); ++i) {
      squares += tensor.values[i] * tensor.values[i];
      largest = std::max(largest, std::abs(tensor.values[i]));
      if (!output_.empty())
        csv += csv_field(tensor.name) + "," + std::to_string(i) + "," + shortest(tensor.values[i]) + "\n";
    }
    table.add(
        {shorten(tensor.name), with_thousands(tensor.values.size()), readable(std::sqrt(squares)), readable(largest)});
    json[tensor.name] = {{"shape", tensor.shape}, {"norm", std::sqrt(squares)}, {"largest", largest}};
  }
  if (json_) {
    console.out << dump_json({{"rows", predicted.table.n_rows()}, {"loss", gradient.loss}, {"gradient", json}}) << '\n';
  } else {
    console.out << console.bold("Gradient") << "  of the mean loss, " << readable(gradient.loss) << ", on "
                << counted(predicted.table.n_rows(), "row") << " of " << input_.data << '\n';
    table.print(console);
  }
  write(console, csv);
}

void DerivativesVerb::show_check(const Console& console, const Predicted& predicted) const {
  TextTable table({{.text = "group", .left = true},
                   {.text = "compared"},
                   {.text = "at kinks"},
                   {.text = "worst error of the gradient"},
                   {.text = "of the Hessian's product"}});
  Json json = Json::array();
  for (const DerivativeCheck& check : check_derivatives(predicted.model, predicted.table)) {
    const bool features = check.group == "features";
    table.add({shorten(check.group), std::to_string(check.n_checked), std::to_string(check.n_kinks),
               readable(check.gradient), features ? "–" : readable(check.hessian)});
    json.push_back({{"group", check.group},
                    {"compared", check.n_checked},
                    {"at_kinks", check.n_kinks},
                    {"gradient", check.gradient},
                    {"hessian", features ? Json(nullptr) : Json(check.hessian)}});
  }
  if (json_) {
    console.out << dump_json({{"check", json}}) << '\n';
    return;
  }
  console.out << console.bold("Check")
              << "  of derivatives of the mean loss against central differences: relative errors\n";
  table.print(console);
}

}  // namespace

extern constinit const VerbRow derivatives_row{
    .name = "derivatives",
    .summary = "how answers move with the cells of a row, and the loss with the weights",
    .arguments = "MODEL DATA [OPTIONS]",
    .example =
        "  ffwd derivatives price.ffwd houses.csv\n"
        "  ffwd derivatives price.ffwd houses.csv --check",
    .make = []() -> std::unique_ptr<Verb> { return std::make_unique<DerivativesVerb>(); },
};

}  // namespace ffwd
