// Which network a table is given: what FitOptions say of it, and where its inputs come from.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "ffwd/model.h"
#include "network/network_draft.h"
#include "pipeline/pipeline.h"

namespace ffwd {

/// Hidden layers where none are given.
inline constexpr std::string_view kDefaultHidden = "64, 64";

/// @throws Error(kUsage) a network that is no network, whatever the table.
[[nodiscard]] NetworkDraft network_draft(const FitOptions& options);

/// `features`, those of the first input first: an input without columns takes what no other names.
/// @throws Error(kUsage) a column that is no feature, or named twice; several inputs without columns.
[[nodiscard]] std::vector<std::string> features_by_input(const NetworkDraft& draft,
                                                         std::span<const std::string> features);

/// Features that the fitted pipeline makes for each input.
/// @throws Error(kUsage) an input without any.
[[nodiscard]] std::vector<std::size_t> input_sizes(const NetworkDraft& draft, const Pipeline& pipeline);

/// The draft made whole.
/// @throws Error(kUsage) as complete(), under the name of the option that described the network.
[[nodiscard]] NetworkSpec chosen_network(const FitOptions& options, const NetworkDraft& draft,
                                         std::span<const std::size_t> input_sizes, std::size_t outputs);

}  // namespace ffwd
