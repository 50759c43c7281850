// TrainRequest: what the command line of `ffwd train` asks for.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "cli/command.h"
#include "ffwd/model.h"
#include "ffwd/select.h"
#include "ffwd/table.h"

namespace ffwd {

struct TrainRequest {
  std::string data;
  std::string output;                                                 ///< never empty once settled
  std::string config;                                                 ///< read by the parser
  std::string plot, plot_path;                                        ///< "" = none is drawn
  std::string network;                                                ///< the file, "" = none is given
  std::string valid;                                                  ///< "" = none is given
  std::string test;                                                   ///< "" = none is given
  std::vector<std::string> target, drop, categorical, encode, embed;  ///< each as written
  ReadOptions read;
  FitOptions fit;
  SelectOptions select;
  bool no_bound = false;
  bool json = false;
  bool quiet = false;

  // Given or not: only what was asked for can be refused.
  std::optional<double> learning_rate;
  std::optional<std::size_t> patience, lambdas;
  std::string cv_rule;  ///< "" = not given
  std::vector<std::string> activation, missing;

  /// Adds the arguments and options, bound to this object (train_declaration.cpp).
  void declare(Command& command);
  /// Carries what was given over into `fit` and `read`, and refuses what cannot be meant, alone or together, or could
  /// not be written at the end.
  /// @throws Error(kUsage, kOutput)
  void settle();
  /// Reads DATA; of `large` cells or more as far as open_table() does. Whether "a,b" is one column or a list of two is
  /// told by the names there are, so a file that has all of them may be read a second time.
  /// @throws Error(kData)
  [[nodiscard]] Table read_data(std::size_t large);
  /// Finds the columns that options name in the table that was read.
  /// @throws Error(kData) an unknown one
  /// @throws Error(kUsage) a category that is left out
  void name_columns(const Table& table);
  /// Sees that the columns which are no features are in memory: the targets, and those of weights and groups.
  /// @throws Error(kData)
  void bring_in_roles(Table& table) const;
  /// What may not be written over.
  [[nodiscard]] std::vector<std::string> files_read() const;

 private:
  void settle_rows();
  void settle_encodings();
  /// Whether rows of DATA may be cut off for validation or testing.
  [[nodiscard]] bool cuts_rows() const;
  /// Has these columns, and no other, read as texts.
  void read_as_texts(const std::vector<std::string>& names);
  void settle_optimizer();
  void settle_network();
  void settle_selection();
  void settle_outputs() const;
  void settle_picture(const std::string& option, const std::string& path) const;
};

}  // namespace ffwd
