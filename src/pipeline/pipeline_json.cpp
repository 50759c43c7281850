// The pipeline in the model file: {"<column>": {"encoder": "numeric", "type": "number", ...}, ...}, columns in the
// order of their features. Every key: docs/preprocessing.md.
#include <algorithm>

#include "core/names.h"
#include "core/rows.h"
#include "pipeline/column_encoder.h"
#include "pipeline/pipeline.h"
#include "pipeline/saved_column.h"

namespace ffwd {

namespace {

constexpr std::string_view kPath = "preprocessing.columns";  // in the model's description

const EncoderRow& saved_encoder(const JsonReader& json) {
  const std::string name = json.text("encoder");
  const EncoderRow* row = find_row(encoders(), name);
  if (row == nullptr) json.refuse("encoder", "is not known: " + unknown_name("encoder", name, row_names(encoders())));
  return *row;
}

std::unique_ptr<ColumnEncoder> read_encoder(const std::string& column, const Json& entry, ArrayShelf& shelf,
                                            const std::string& where) {
  const JsonReader json(entry, where, std::string(kPath) + "." + shorten(column));
  const EncoderRow& row = saved_encoder(json);
  const ColumnType type = saved_type(json, "type");
  if (std::ranges::find(row.types, type) == row.types.end())
    json.refuse("type", "does not go with the encoder '" + std::string(row.name) + "'");
  return row.from_json(row, {.name = column, .type = type, .json = json, .shelf = shelf});
}

}  // namespace

Json Pipeline::to_json(NamedArrays& arrays) const {
  Json json = Json::object();
  for (const auto& encoder : encoders_) {
    Json entry = {{"encoder", encoder->row().name}, {"type", to_string(encoder->type())}};
    encoder->write(entry, arrays);
    add_member(json, encoder->column(), std::move(entry));
  }
  return json;
}

Pipeline Pipeline::from_json(const Json& json, const NamedArrays& arrays, const std::string& where) {
  const JsonReader columns(json, where, std::string(kPath));
  std::vector<std::unique_ptr<ColumnEncoder>> encoders;
  ArrayShelf shelf(arrays);
  for (const auto& item : json.items()) encoders.push_back(read_encoder(item.key(), item.value(), shelf, where));
  if (encoders.empty()) columns.refuse("", "must not be empty");
  if (const std::string left = shelf.left(); !left.empty())
    columns.refuse(shorten(left), "is a tensor that belongs to nothing");
  return Pipeline(std::move(encoders));
}

}  // namespace ffwd
