// What a model file says about one column: a JSON object, and arrays that stand beside the JSON text.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/json_reader.h"
#include "ffwd/table.h"
#include "pipeline/pipeline.h"
#include "pipeline/scale.h"

namespace ffwd {

/// Longer arrays are tensors of the model file.
inline constexpr std::size_t kMostInJson = 64;

/// Puts `values`, whole numbers from 0 to 2^53, under `key` of `json`, or into `arrays` under "<column>.<key>" if there
/// are more than kMostInJson.
void put_array(Json& json, NamedArrays& arrays, std::string_view column, std::string_view key,
               std::vector<double> values);

/// The same for any finite numbers.
void put_numbers(Json& json, NamedArrays& arrays, std::string_view column, std::string_view key,
                 std::vector<double> values);

/// The arrays of a model file, each taken once.
class ArrayShelf {
 public:
  explicit ArrayShelf(const NamedArrays& arrays) : arrays_(&arrays) {}
  /// Null if there is none of that name.
  const std::vector<double>* take(const std::string& name);
  /// The first array nobody took; "" if there is none.
  [[nodiscard]] std::string left() const;

 private:
  const NamedArrays* arrays_;
  std::set<std::string> taken_;
};

/// Faults are raised as Error(kModel) by `json`.
struct SavedColumn {
  std::string name;
  ColumnType type;
  const JsonReader& json;
  ArrayShelf& shelf;

  /// Finite numbers put by put_array() or put_numbers().
  [[nodiscard]] std::vector<double> array(std::string_view key) const;
};

/// Besides what JsonReader reads itself.
[[nodiscard]] bool saved_flag(const JsonReader& json, std::string_view key);
[[nodiscard]] Scale saved_scale(const JsonReader& json);  ///< of the keys "mean" and "sd"
[[nodiscard]] ColumnType saved_type(const JsonReader& json, std::string_view key);
[[nodiscard]] std::vector<std::string> saved_distinct_texts(const JsonReader& json, std::string_view key);

}  // namespace ffwd
