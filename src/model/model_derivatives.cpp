#include "model/model_derivatives.h"

#include <algorithm>
#include <numeric>
#include <variant>

#include "core/raise.h"
#include "ffwd/derivatives.h"
#include "model/answers.h"
#include "model/link_tangent.h"
#include "model/mixture.h"
#include "model/parts.h"

namespace ffwd {
namespace {

/// Sensitivities of a chunk of rows, put into `values` from row `first` on.
class ChunkSensitivities {
 public:
  ChunkSensitivities(const Model::Parts& parts, const std::vector<AlignedVector<double>>& members,
                     std::size_t n_answers)
      : parts_(parts),
        columns_(parts.pipeline->columns_with_slopes()),
        column_of_(parts.pipeline->column_of_feature()),
        n_answers_(n_answers),
        outputs_(parts.network.n_outputs()),
        stride_(padded<double>(outputs_)) {
    for (const AlignedVector<double>& member : members) networks_.emplace_back(parts.network, member.data());
  }

  void run(const Table& table, const Matrix& x, std::span<const RowIndex> rows, Matrix& values,
           std::size_t first) const {
    std::vector<Matrix> y, jacobian;
    for (const Derivatives<double>& network : networks_) {
      y.push_back(network.outputs(x));
      jacobian.push_back(network.jacobian(x));
    }
    Matrix slopes(x.rows(), x.columns());
    parts_.pipeline->slopes(table, rows, slopes.values().data(), x.columns());
    for (std::size_t n = 0; n < x.rows(); ++n) run_row(n, y, jacobian, slopes.row(n), values.row(first + n));
  }

 private:
  void run_row(std::size_t n, const std::vector<Matrix>& y, const std::vector<Matrix>& jacobian,
               std::span<const double> slopes, std::span<double> values) const {
    const std::size_t members = networks_.size(), inputs = slopes.size();
    AlignedVector<double> linked(members * stride_), dot(members * stride_);
    std::vector<double> mixed(outputs_), mixed_dot(outputs_), answers(n_answers_);
    for (std::size_t m = 0; m < members; ++m) {
      std::ranges::copy(y[m].row(n), linked.data() + m * stride_);
      parts_.loss.link(linked.data() + m * stride_, stride_, 1, outputs_);
    }
    const OfMembers of_members{.values = linked.data(), .members = members, .stride = stride_};
    mix(parts_.loss, of_members, mixed);
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      for (std::size_t m = 0; m < members; ++m) {
        const std::span<double> y_dot(dot.data() + m * stride_, outputs_);
        for (std::size_t o = 0; o < outputs_; ++o) {
          y_dot[o] = along(columns_[c], jacobian[m].row(n).subspan(o * inputs, inputs), slopes);
        }
        link_tangent(parts_.loss, y[m].row(n), {linked.data() + m * stride_, outputs_}, y_dot);
      }
      mix_tangent(parts_.loss, of_members, {.values = dot.data(), .members = members, .stride = stride_}, mixed,
                  mixed_dot);
      decode_tangent(parts_.targets, parts_.loss, mixed_dot, answers);
      for (std::size_t a = 0; a < answers.size(); ++a) values[a * columns_.size() + c] = answers[a];
    }
  }

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
  std::vector<Derivatives<double>> networks_;  // of the members
  std::vector<std::size_t> columns_, column_of_;
  std::size_t n_answers_, outputs_;
  std::size_t stride_;  // with room for whole blocks, as the kernels want it
};

}  // namespace

std::vector<RowIndex> all_rows(std::size_t n) {
  std::vector<RowIndex> rows(n);
  std::iota(rows.begin(), rows.end(), RowIndex{0});
  return rows;
}

std::vector<AlignedVector<double>> parameters_in_double(const Model& model) {
  const ParameterLayout layout = compile<double>(model.network(), 1).layout();
  std::vector<AlignedVector<double>> members(model.members(), AlignedVector<double>(layout.size()));
  const auto tensors = std::visit([](const auto& engine) { return engine.tensors(); }, model.parts().engine);
  for (std::size_t k = 0; k < tensors.size(); ++k) {
    const std::vector<double> wide =
        std::visit([](const auto& v) { return std::vector<double>(v.begin(), v.end()); }, tensors[k].values);
    const std::size_t n = layout.ranges()[k].n_values();
    for (std::size_t m = 0; m < members.size(); ++m) {
      layout.write(layout.ranges()[k], std::span(wide).subspan(m * n, n), members[m].data());
    }
  }
  return members;
}

AlignedVector<double> parameters_of_one(const Model& model, const std::string& what) {
  if (model.members() > 1) {
    raise({.kind = ErrorKind::kUsage,
           .what = what + ": the model is an ensemble of " + std::to_string(model.members()) +
                   " networks, and it is their answers that are averaged, not this",
           .where = "",
           .fix = "ask for the derivatives --of answers, or train one network, without --ensemble"});
  }
  return std::move(parameters_in_double(model).front());
}

Matrix features_in_double(const Model& model, const Table& table, std::span<const RowIndex> rows) {
  const Pipeline& pipeline = *model.parts().pipeline;
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
  parts.pipeline->check(table);
  const std::vector<AlignedVector<double>> members = parameters_in_double(model);
  Sensitivities result{.answers = model.answers(), .columns = {}, .values = {}};
  for (const std::size_t k : parts.pipeline->columns_with_slopes()) result.columns.push_back(parts.features[k].name);
  if (result.columns.empty()) {
    raise({.kind = ErrorKind::kUsage,
           .what = "the model reads no column of numbers, and no other has a slope",
           .where = "",
           .fix = "ask for the derivatives --of network, in its features, or --of loss, in its weights"});
  }
  result.values = Matrix(table.n_rows(), result.answers.size() * result.columns.size());
  const ChunkSensitivities chunks(parts, members, result.answers.size());
  const std::vector<RowIndex> rows = all_rows(table.n_rows());
  for (std::size_t first = 0; first < rows.size(); first += kChunkRows) {
    const auto part = std::span(rows).subspan(first, std::min(kChunkRows, rows.size() - first));
    chunks.run(table, features_in_double(model, table, part), part, result.values, first);
  }
  return result;
}

NetworkJacobian network_jacobian(const Model& model, const Table& table) {
  model.parts().pipeline->check(table);
  const AlignedVector<double> parameters = parameters_of_one(model, "the Jacobian of raw outputs");
  const std::vector<RowIndex> rows = all_rows(table.n_rows());
  return {.features = model.parts().pipeline->feature_names(),
          .n_outputs = model.network().n_outputs(),
          .values =
              Derivatives<double>(model.network(), parameters.data()).jacobian(features_in_double(model, table, rows))};
}

LossGradient loss_gradient(const Model& model, const Table& table) {
  model.parts().pipeline->check(table);
  const AlignedVector<double> parameters = parameters_of_one(model, "the gradient of the loss");
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
