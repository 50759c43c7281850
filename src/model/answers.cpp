#include "model/answers.h"

#include <algorithm>

#include "core/text.h"

namespace ffwd {
namespace {

/// The answers of target k of n: `outputs` is a row of linked outputs.
void decode_number(const Target& target, const AnswerLayout& layout, std::span<const double> outputs, std::size_t k,
                   std::size_t n, std::span<double> answers) {
  if (layout.has_probability()) {
    answers[0] = outputs[k] > 0.5 ? 1 : 0;
    answers[1] = outputs[k];
    return;
  }
  if (!layout.has_quantiles()) {
    answers[0] = target.decode(outputs[k]);
    if (layout.has_sd()) answers[1] = target.decode_spread(outputs[n + k]);
    return;
  }
  const std::size_t levels = layout.levels.size();
  const std::span<double> quantiles = answers.subspan(1);
  for (std::size_t q = 0; q < levels; ++q) quantiles[q] = target.decode(outputs[k * levels + q]);
  answers[0] = middle(layout.levels, quantiles);
}

}  // namespace

AnswerLayout layout_of(const Loss& loss) {
  AnswerLayout layout{.kind = loss.row().distribution};
  if (layout.has_quantiles()) layout.levels = loss.options().levels;
  return layout;
}

std::size_t n_outputs(const Targets& targets, const Loss& loss) {
  return loss.n_outputs(targets.task() == Task::kMulticlass ? targets.classes().size() : targets.size());
}

std::vector<std::string> answer_names(const Targets& targets, const Loss& loss) {
  std::vector<std::string> names;
  for (const std::string& name : targets.classes()) names.push_back("probability_" + name);
  if (!names.empty()) return names;
  const AnswerLayout layout = layout_of(loss);
  for (const Target& target : targets.each()) {
    const std::string before = targets.size() == 1 ? "" : target.name() + "_";
    names.push_back(before + "prediction");
    if (layout.has_sd()) names.push_back(before + "sd");
    if (layout.has_probability()) names.push_back(before + "probability");
    for (const double level : layout.levels) names.push_back(before + "quantile_" + shortest(level));
  }
  return names;
}

void decode_row(const Targets& targets, const AnswerLayout& layout, std::span<const double> linked,
                std::span<double> answers) {
  if (targets.task() == Task::kMulticlass) {
    std::ranges::copy(linked, answers.begin());
    return;
  }
  if (!targets.classes().empty()) {
    answers[0] = 1.0 - linked[0];
    answers[1] = linked[0];
    return;
  }
  const std::size_t each = layout.per_target(), n = targets.size();
  for (std::size_t k = 0; k < n; ++k) {
    decode_number(targets.each()[k], layout, linked, k, n, answers.subspan(k * each, each));
  }
}

Matrix decode(const Targets& targets, const Loss& loss, Matrix linked) {
  if (targets.task() == Task::kMulticlass) return linked;
  const AnswerLayout layout = layout_of(loss);
  Matrix answers(linked.rows(), targets.classes().empty() ? targets.size() * layout.per_target() : 2);
  for (std::size_t i = 0; i < linked.rows(); ++i) decode_row(targets, layout, linked.row(i), answers.row(i));
  return answers;
}

void decode_tangent(const Targets& targets, const Loss& loss, std::span<const double> linked_dot,
                    std::span<double> answers_dot) {
  if (targets.task() == Task::kMulticlass) {
    std::ranges::copy(linked_dot, answers_dot.begin());
    return;
  }
  if (!targets.classes().empty()) {
    answers_dot[0] = -linked_dot[0];
    answers_dot[1] = linked_dot[0];
    return;
  }
  const AnswerLayout layout = layout_of(loss);
  const std::size_t each = layout.per_target(), n = targets.size(), levels = layout.levels.size();
  for (std::size_t k = 0; k < n; ++k) {
    const std::span<double> of_target = answers_dot.subspan(k * each, each);
    const double slope = targets.each()[k].decode_slope();
    of_target[0] = layout.has_probability() ? 0 : slope * linked_dot[k];
    if (layout.has_probability()) of_target[1] = linked_dot[k];
    if (layout.has_sd()) of_target[1] = slope * linked_dot[n + k];
    if (!layout.has_quantiles()) continue;
    for (std::size_t q = 0; q < levels; ++q) of_target[1 + q] = slope * linked_dot[k * levels + q];
    of_target[0] = middle(layout.levels, of_target.subspan(1));  // linear in the quantiles
  }
}

double middle(std::span<const double> levels, std::span<const double> quantiles) {
  const auto above = std::ranges::lower_bound(levels, 0.5);
  if (above == levels.end()) return quantiles.back();
  const auto q = static_cast<std::size_t>(above - levels.begin());
  if (q == 0 || *above == 0.5) return quantiles[q];
  const double share = (0.5 - levels[q - 1]) / (levels[q] - levels[q - 1]);
  return (1 - share) * quantiles[q - 1] + share * quantiles[q];
}

}  // namespace ffwd
