#include "pipeline/column_encoder.h"

#include <algorithm>

namespace ffwd {

const EncoderRow* encoder_for(ColumnType type) {
  for (const EncoderRow* row : encoders())
    if (row->fit != nullptr && std::ranges::find(row->types, type) != row->types.end()) return row;
  return nullptr;
}

}  // namespace ffwd
