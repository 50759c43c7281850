#include "ffwd/predictor.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/denormals.h"
#include "core/names.h"
#include "core/raise.h"
#include "model/answers.h"
#include "model/parts.h"
#include "pipeline/row_encoder.h"

namespace ffwd {
namespace {

/// The network's end of it, in the model's precision.
template <class T>
struct RowRun {
  RowRun(const Engine<T>& engine, const Loss& loss)
      : block(engine, loss), features(padded<T>(engine.plan.n_inputs())) {}

  void run(std::span<const double> row, Matrix& linked) {
    std::ranges::transform(row, features.begin(), [](double x) { return static_cast<T>(x); });
    const FlushDenormals flush;  // in the network alone, as in Model::predict
    block.run(features.data(), features.size(), 1, linked, 0);
  }

  RowBlock<T> block;
  AlignedVector<T> features;
};
using AnyRowRun = std::variant<RowRun<float>, RowRun<double>>;

AnyRowRun row_run(const Model::Parts& parts) {
  return std::visit(
      [&]<class T>(const Engine<T>& engine) { return AnyRowRun(std::in_place_type<RowRun<T>>, engine, parts.loss); },
      parts.engine);
}

[[noreturn]] void refuse(const std::string& what, const std::string& fix) {
  raise({.kind = ErrorKind::kUsage, .what = what, .where = "Predictor::predict", .fix = fix});
}

}  // namespace

class Predictor::State {
 public:
  explicit State(const Model& model)
      : model_(model),
        encoder_(*parts().pipeline),
        run_(row_run(parts())),
        layout_(layout_of(parts().loss)),
        linked_(1, n_outputs(parts().targets, parts().loss)),
        answers_(model.answers().size()) {}

  void set(std::size_t k, const Cell& cell) {
    if (std::holds_alternative<std::monostate>(cell)) return encoder_.set_missing(k);
    if (const double* number = std::get_if<double>(&cell)) return set(k, *number);
    if (!encoder_.takes_text(k)) refuse(named(k) + " holds numbers, not texts", "give a number, or nothing");
    encoder_.set_text(k, std::get<std::string_view>(cell));
  }
  void set(std::size_t k, double number) {
    if (encoder_.takes_text(k)) refuse(named(k) + " holds texts, not numbers", "give its text, or nothing");
    encoder_.set_number(k, number);
  }
  void require_cells(std::size_t n) const {
    if (n == encoder_.n_columns()) return;
    refuse("a row has " + std::to_string(n) + " cells but the model reads " + std::to_string(encoder_.n_columns()),
           "give one for each of Model::features()");
  }

  std::span<const double> answers() {
    const std::span<const double> features = encoder_.encode();
    std::visit([&](auto& run) { run.run(features, linked_); }, run_);
    const std::span<const double> linked = linked_.row(0);
    if (!std::ranges::all_of(linked, [](double value) { return std::isfinite(value); })) {
      raise({.kind = ErrorKind::kModel,
             .what = "the model's output is beyond its range of numbers: its weights are too large",
             .where = "row",
             .fix = "train the model again, with a lower --learning-rate or with --precision float64"});
    }
    decode_row(parts().targets, layout_, linked, answers_);
    return answers_;
  }

 private:
  [[nodiscard]] const Model::Parts& parts() const { return model_.parts(); }
  [[nodiscard]] std::string named(std::size_t k) const { return "column '" + shorten(parts().features[k].name) + "'"; }

  Model model_;
  RowEncoder encoder_;
  AnyRowRun run_;
  AnswerLayout layout_;
  Matrix linked_;
  std::vector<double> answers_;
};

Predictor::Predictor(const Model& model) : state_(std::make_unique<State>(model)) {}
Predictor::Predictor(Predictor&&) noexcept = default;
Predictor& Predictor::operator=(Predictor&&) noexcept = default;
Predictor::~Predictor() = default;

std::span<const double> Predictor::predict(std::span<const Cell> row) {
  state_->require_cells(row.size());
  for (std::size_t k = 0; k < row.size(); ++k) state_->set(k, row[k]);
  return state_->answers();
}

std::span<const double> Predictor::predict(std::span<const double> row) {
  state_->require_cells(row.size());
  for (std::size_t k = 0; k < row.size(); ++k) state_->set(k, row[k]);
  return state_->answers();
}

}  // namespace ffwd
