#include "model/model_derivatives.h"

#include <algorithm>
#include <numeric>
#include <variant>

#include "core/raise.h"
#include "ffwd/derivatives.h"
#include "model/answers.h"
#include "model/link_tangent.h"
#include "model/parts.h"

namespace ffwd {
namespace {

/// Sensitivities of a chunk of rows, put into `values` from row `first` on.
class ChunkSensitivities {
 public:
  ChunkSensitivities(const Model::Parts& parts, const Derivatives<double>& network, std::size_t n_answers)
      : parts_(parts),
        network_(network),
        columns_(parts.pipeline.columns_with_slopes()),
        column_of_(parts.pipeline.column_of_feature()),
        answers_(n_answers),
        linked_(padded<double>(parts.network.n_outputs())) {}

  void run(const Table& table, const Matrix& x, std::span<const RowIndex> rows, Matrix& values, std::size_t first) {
    const std::size_t inputs = x.columns(), outputs = parts_.network.n_outputs();
    const Matrix y = network_.outputs(x), jacobian = network_.jacobian(x);
    Matrix slopes(x.rows(), inputs);
    parts_.pipeline.slopes(table, rows, slopes.values().data(), inputs);
    std::vector<double> y_dot(outputs);
    for (std::size_t n = 0; n < x.rows(); ++n) {
      std::ranges::copy(y.row(n), linked_.begin());
      parts_.loss.link(linked_.data(), linked_.size(), 1, outputs);
      for (std::size_t c = 0; c < columns_.size(); ++c) {
        for (std::size_t o = 0; o < outputs; ++o) {
          y_dot[o] = along(columns_[c], jacobian.row(n).subspan(o * inputs, inputs), slopes.row(n));
        }
        link_tangent(parts_.loss, y.row(n), std::span(linked_).first(outputs), y_dot);
        decode_tangent(parts_.targets, parts_.loss, y_dot, answers_);
        for (std::size_t a = 0; a < answers_.size(); ++a) values(first + n, a * columns_.size() + c) = answers_[a];
      }
    }
  }

 private:
  // Σ over the column's features of ∂output/∂feature · ∂feature/∂cell.
  [[nodiscard]] double along(std::size_t column, std::span<const double> gradient,
                             std::span<const double> slopes) const {
    double sum = 0;
    for (std::size_t j = 0; j < gradient.size(); ++j) {
      if (column_of_[j] == column) sum += gradient[j] * slopes[j];
    }
    return sum;
  }

  const Model::Parts& parts_;
  const Derivatives<double>& network_;
  std::vector<std::size_t> columns_, column_of_;
  std::vector<double> answers_;   // of one row, as they move
  AlignedVector<double> linked_;  // with room for whole blocks, as the kernels want it
};

}  // namespace

std::vector<RowIndex> all_rows(std::size_t n) {
  std::vector<RowIndex> rows(n);
  std::iota(rows.begin(), rows.end(), RowIndex{0});
  return rows;
}

AlignedVector<double> parameters_in_double(const Model& model) {
  const ParameterLayout layout = compile<double>(model.network(), 1).layout();
  AlignedVector<double> parameters(layout.size());
  const auto tensors = std::visit([](const auto& engine) { return engine.tensors(); }, model.parts().engine);
  for (std::size_t k = 0; k < tensors.size(); ++k) {
    std::visit(
        [&](const auto& values) {
          const std::vector<double> wide(values.begin(), values.end());
          layout.write(layout.ranges()[k], std::span<const double>(wide), parameters.data());
        },
        tensors[k].values);
  }
  return parameters;
}

Matrix features_in_double(const Model& model, const Table& table, std::span<const RowIndex> rows) {
  const Pipeline& pipeline = model.parts().pipeline;
  Matrix x(rows.size(), pipeline.n_features());
  UnseenByColumn unseen;
  pipeline.transform(table, rows, x.values().data(), x.columns(), unseen);
  return x;
}

MeanLoss::MeanLoss(const Model& model, const Table& table, std::span<const RowIndex> rows)
    : model_(model), n_rows_(rows.size()) {
  const Targets& targets = model.parts().targets;
  target_ld_ = targets.size() == 1 ? 1 : padded<double>(targets.size());
  targets_.resize(padded<double>(rows.size() * target_ld_));
  targets.encode(targets.truth(table, rows), targets_.data(), target_ld_);
}

void MeanLoss::run(const Rows& rows, double* per_row, double* d, const double* y_dot, double* d_dot) const {
  model_.parts().loss.batch(LossBatch<double>{.rows = rows.rows,
                                              .outputs = model_.network().n_outputs(),
                                              .y = rows.y,
                                              .ldy = rows.ld,
                                              .t = targets_.data() + rows.first * target_ld_,
                                              .ldt = target_ld_,
                                              .scale = 1 / static_cast<double>(n_rows_),
                                              .per_row = per_row,
                                              .dy = d,
                                              .lddy = rows.ld,
                                              .y_dot = y_dot,
                                              .dy_dot = d_dot});
}

OutputRule<double> MeanLoss::rule() const {
  return {.gradient =
              [this](const Rows& rows, double* d) {
                AlignedVector<double> per_row(padded<double>(rows.rows));
                run(rows, per_row.data(), d, nullptr, nullptr);
              },
          .tangent =
              [this](const Rows& rows, const double* y_dot, double* d_dot) {
                AlignedVector<double> per_row(padded<double>(rows.rows)), d(padded<double>(rows.rows * rows.ld));
                run(rows, per_row.data(), d.data(), y_dot, d_dot);
              }};
}

double MeanLoss::value(const Matrix& outputs) const {
  const std::size_t ld = outputs.columns() == 1 ? 1 : padded<double>(outputs.columns());
  AlignedVector<double> y(padded<double>(n_rows_ * ld)), per_row(padded<double>(n_rows_));
  for (std::size_t n = 0; n < n_rows_; ++n) std::ranges::copy(outputs.row(n), y.data() + n * ld);
  run({.first = 0, .rows = n_rows_, .ld = ld, .y = y.data()}, per_row.data(), nullptr, nullptr, nullptr);
  return std::accumulate(per_row.begin(), per_row.begin() + static_cast<std::ptrdiff_t>(n_rows_), 0.0) /
         static_cast<double>(n_rows_);
}

Sensitivities sensitivities(const Model& model, const Table& table) {
  const Model::Parts& parts = model.parts();
  parts.pipeline.check(table);
  const AlignedVector<double> parameters = parameters_in_double(model);
  const Derivatives<double> network(model.network(), parameters.data());
  Sensitivities result{.answers = model.answers(), .columns = {}, .values = {}};
  for (const std::size_t k : parts.pipeline.columns_with_slopes()) result.columns.push_back(parts.features[k].name);
  if (result.columns.empty()) {
    raise({.kind = ErrorKind::kUsage,
           .what = "the model reads no column of numbers, and no other has a slope",
           .where = "",
           .fix = "ask for the derivatives --of network, in its features, or --of loss, in its weights"});
  }
  result.values = Matrix(table.n_rows(), result.answers.size() * result.columns.size());
  ChunkSensitivities chunks(parts, network, result.answers.size());
  const std::vector<RowIndex> rows = all_rows(table.n_rows());
  for (std::size_t first = 0; first < rows.size(); first += kChunkRows) {
    const auto part = std::span(rows).subspan(first, std::min(kChunkRows, rows.size() - first));
    chunks.run(table, features_in_double(model, table, part), part, result.values, first);
  }
  return result;
}

NetworkJacobian network_jacobian(const Model& model, const Table& table) {
  model.parts().pipeline.check(table);
  const AlignedVector<double> parameters = parameters_in_double(model);
  const std::vector<RowIndex> rows = all_rows(table.n_rows());
  return {.features = model.parts().pipeline.feature_names(),
          .n_outputs = model.network().n_outputs(),
          .values =
              Derivatives<double>(model.network(), parameters.data()).jacobian(features_in_double(model, table, rows))};
}

LossGradient loss_gradient(const Model& model, const Table& table) {
  model.parts().pipeline.check(table);
  const AlignedVector<double> parameters = parameters_in_double(model);
  const Derivatives<double> network(model.network(), parameters.data());
  const std::vector<RowIndex> rows = all_rows(table.n_rows());
  const Matrix x = features_in_double(model, table, rows);
  const MeanLoss loss(model, table, rows);
  const AlignedVector<double> gradient = network.gradient(x, loss.rule()).parameters;
  LossGradient result{.loss = loss.value(network.outputs(x)), .tensors = {}};
  for (const ParameterRange& range : network.layout().ranges()) {
    if (!range.learned()) continue;
    std::vector<double> values(range.n_values());
    network.layout().read(range, gradient.data(), std::span<double>(values));
    result.tensors.push_back({.name = range.name, .shape = range.shape, .values = std::move(values)});
  }
  return result;
}

}  // namespace ffwd
