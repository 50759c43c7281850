// Which network a table is given: what FitOptions say of it, and where its inputs come from.
#pragma once

#include <cstddef>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "ffwd/model.h"
#include "ffwd/table.h"
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

/// The columns that embeddings read, whose cells become codes of categories.
/// @throws Error(kUsage) a column that is not of text, or has an encoding of its own; an embedding that reads something
/// else than one column.
[[nodiscard]] std::set<std::string> code_columns(const FitOptions& options, const NetworkDraft& draft,
                                                 const Table& data);

/// The draft with what follows from the table: the categories of embeddings; and without the input "x" where embeddings
/// of the short form leave nothing for it.
/// @throws Error(kUsage) another number of categories in the draft.
[[nodiscard]] NetworkDraft fitted_draft(const FitOptions& options, NetworkDraft draft, const Pipeline& pipeline);

/// Features that the fitted pipeline makes for each input; `warnings` of its fit.
/// @throws Error(kUsage) an input without any, and why.
[[nodiscard]] std::vector<std::size_t> input_sizes(const FitOptions& options, const NetworkDraft& draft,
                                                   const Pipeline& pipeline, std::span<const std::string> warnings);

/// The draft made whole.
/// @throws Error(kUsage) as complete(), under the name of the option that described the network.
[[nodiscard]] NetworkSpec chosen_network(const FitOptions& options, const NetworkDraft& draft,
                                         std::span<const std::size_t> input_sizes, std::size_t outputs);

}  // namespace ffwd
