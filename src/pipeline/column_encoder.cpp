#include "pipeline/column_encoder.h"

#include <algorithm>

#include "core/names.h"
#include "core/raise.h"
#include "pipeline/column_faults.h"

namespace ffwd {

namespace {

std::vector<std::string> encodings_of(const EncoderRow* row) {
  return row == nullptr || row->encodings == nullptr ? std::vector<std::string>() : row->encodings();
}

bool holds(const std::vector<std::string>& words, const std::string& word) {
  return std::ranges::find(words, word) != words.end();
}

}  // namespace

std::string ColumnEncoder::encoding() const { return std::string(row_->name); }

const EncoderRow* encoder_for(ColumnType type) {
  for (const EncoderRow* row : encoders())
    if (row->fit != nullptr && std::ranges::find(row->types, type) != row->types.end()) return row;
  return nullptr;
}

std::string encoding_word(std::string_view encoding) { return std::string(encoding.substr(0, encoding.find(':'))); }

std::vector<std::string> encoding_names() {
  std::vector<std::string> names;
  for (const EncoderRow* row : encoders())
    for (const std::string& word : encodings_of(row))
      if (!holds(names, word)) names.push_back(word);
  return names;
}

void require_encoding(const std::string& column, ColumnType type, const std::string& encoding) {
  const std::vector<std::string> fitting = encodings_of(encoder_for(type));
  const std::string word = encoding_word(encoding);
  if (holds(fitting, word) && (word == encoding || word == "ordinal")) return;
  const bool is_number = type == ColumnType::kInteger || type == ColumnType::kNumber;
  const std::string of_text = "--categorical '" + shorten(column) + "' makes categories of its numbers";
  raise({.kind = ErrorKind::kUsage,
         .what = named_column(column) + " is of type " + std::string(to_string(type)) + ", which has no encoding '" +
                 shorten(encoding) + "'",
         .where = "--encode",
         .fix =
             fitting.empty()
                 ? "leave it out: there is nothing to choose for this type"
                 : "give " + join_names(fitting) +
                       (is_number && holds(encodings_of(encoder_for(ColumnType::kText)), word) ? "; " + of_text : "")});
}

}  // namespace ffwd
