#include "kernels/units.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "kernels/units-inl.h"

namespace ffwd {
namespace {

template <class... Unit>
constexpr auto rows_of(HWY_NAMESPACE::UnitList<Unit...>) {
  std::array<UnitRow, sizeof...(Unit)> rows{};
  std::size_t index = 0;
  for (const auto& facts : {Unit::kFacts...}) {
    rows[index] = {facts.name,      facts.formula,           facts.init, facts.slope_from_output,
                   facts.parameter, facts.default_parameter, index};
    ++index;
  }
  return rows;
}

constexpr auto kRows = rows_of(HWY_NAMESPACE::AllUnits());

}  // namespace

std::span<const UnitRow> units() { return kRows; }

const UnitRow* find_unit(std::string_view name) {
  const auto found = std::ranges::find(kRows, name, &UnitRow::name);
  return found == kRows.end() ? nullptr : &*found;
}

std::vector<std::string> unit_names() {
  std::vector<std::string> names;
  for (const UnitRow& row : kRows) names.emplace_back(row.name);
  return names;
}

}  // namespace ffwd
