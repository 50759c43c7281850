#include "pipeline/targets.h"

#include <algorithm>

namespace ffwd {

Targets Targets::fit(const Table& table, std::span<const std::size_t> columns, Task task,
                     std::span<const RowIndex> rows, std::span<const RowIndex> train_rows,
                     std::vector<std::string>& warnings) {
  Targets targets;
  const Holes holes = columns.size() > 1 ? Holes::kAllowed : Holes::kRefused;
  for (const std::size_t column : columns) {
    targets.targets_.push_back(Target::fit(table, column, task, rows, train_rows, warnings, holes));
  }
  return targets;
}

std::vector<std::string> Targets::names() const {
  std::vector<std::string> names;
  for (const Target& target : targets_) names.push_back(target.name());
  return names;
}

Matrix Targets::truth(const Table& table, std::span<const RowIndex> rows) const {
  Matrix truth(rows.size(), size());
  for (std::size_t k = 0; k < size(); ++k) {
    const std::vector<double> column = targets_[k].truth(table, rows, holes());
    for (std::size_t i = 0; i < rows.size(); ++i) truth(i, k) = column[i];
  }
  return truth;
}

template <class T>
void Targets::encode(const Matrix& truth, T* out, std::size_t ld) const {
  for (std::size_t i = 0; i < truth.rows(); ++i) {
    for (std::size_t k = 0; k < size(); ++k) out[i * ld + k] = static_cast<T>(targets_[k].encode(truth(i, k)));
  }
}

template void Targets::encode(const Matrix&, float*, std::size_t) const;
template void Targets::encode(const Matrix&, double*, std::size_t) const;

Matrix Targets::decode(Matrix linked) const {
  if (task() == Task::kMulticlass) return linked;
  Matrix out(linked.rows(), task() == Task::kBinary ? 2 : size());
  for (std::size_t i = 0; i < linked.rows(); ++i) {
    if (task() == Task::kBinary) {
      out(i, 0) = 1.0 - linked(i, 0);
      out(i, 1) = linked(i, 0);
      continue;
    }
    for (std::size_t k = 0; k < size(); ++k) out(i, k) = targets_[k].decode(linked(i, k));
  }
  return out;
}

std::vector<double> Targets::decode_slopes() const {
  std::vector<double> slopes(n_outputs(), targets_[0].decode_slope());
  for (std::size_t k = 1; k < size(); ++k) slopes[k] = targets_[k].decode_slope();
  return slopes;
}

Json Targets::to_json() const {
  Json list = Json::array();
  for (const Target& target : targets_) list.push_back(target.to_json());
  return list;
}

Targets Targets::from_json(const JsonReader& model, Task task) {
  Targets targets;
  for (const JsonReader& saved : model.objects("targets")) targets.targets_.push_back(Target::from_json(saved, task));
  if (targets.targets_.empty()) model.refuse("targets", "must hold a target");
  if (targets.size() > 1 && task != Task::kRegression) model.refuse("targets", "must be one, but in regression");
  std::vector<std::string> names = targets.names();
  std::ranges::sort(names);
  if (std::ranges::adjacent_find(names) != names.end()) model.refuse("targets", "holds a name twice");
  return targets;
}

}  // namespace ffwd
