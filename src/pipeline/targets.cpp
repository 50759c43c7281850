#include "pipeline/targets.h"

#include <algorithm>

namespace ffwd {

Targets Targets::fit(const Table& table, std::span<const std::size_t> columns, Task task,
                     std::span<const RowIndex> rows, std::span<const RowIndex> train_rows,
                     std::vector<std::string>& warnings, Values values) {
  Targets targets;
  if (task == Task::kMultilabel) {  // numbers that are 0 and 1
    task = Task::kRegression;
    values = Values::kBits;
  }
  const Holes holes = columns.size() > 1 ? Holes::kAllowed : Holes::kRefused;
  for (const std::size_t column : columns) {
    targets.targets_.push_back(Target::fit(table, column, task, rows, train_rows, warnings, holes, values));
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

Json Targets::to_json() const {
  Json list = Json::array();
  for (const Target& target : targets_) list.push_back(target.to_json());
  return list;
}

Targets Targets::from_json(const JsonReader& model, Task task, Values values) {
  Targets targets;
  const bool multilabel = task == Task::kMultilabel;
  for (const JsonReader& saved : model.objects("targets")) {
    targets.targets_.push_back(multilabel ? Target::from_json(saved, Task::kRegression, Values::kBits)
                                          : Target::from_json(saved, task, values));
  }
  if (targets.targets_.empty()) model.refuse("targets", "must hold a target");
  if (multilabel && targets.size() == 1) model.refuse("targets", "must be several in a multilabel model");
  if (targets.size() > 1 && task != Task::kRegression && !multilabel)
    model.refuse("targets", "must be one, but in regression");
  std::vector<std::string> names = targets.names();
  std::ranges::sort(names);
  if (std::ranges::adjacent_find(names) != names.end()) model.refuse("targets", "holds a name twice");
  return targets;
}

}  // namespace ffwd
