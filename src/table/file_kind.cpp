#include "table/file_kind.h"

#include <array>

#include "table/arrow_file.h"
#include "table/csv_fault.h"

namespace ffwd {

namespace {

using namespace std::string_view_literals;

struct Kind {
  std::string_view first_bytes;
  const char* what;
  const char* fix;
};

constexpr std::array kKinds = {
    Kind{"\xff\xfe"sv, "the file is UTF-16 text, and only UTF-8 is read", "save it with the encoding UTF-8"},
    Kind{"\xfe\xff"sv, "the file is UTF-16 text, and only UTF-8 is read", "save it with the encoding UTF-8"},
    Kind{"\x1f\x8b"sv, "the file is a gzip archive, not CSV text", "give it the ending .gz"},
    Kind{"\x28\xb5\x2f\xfd"sv, "the file is a zstd archive, not CSV text", "give it the ending .zst"},
    Kind{"PK\x03\x04"sv, "the file is a zip archive or a spreadsheet, not CSV text", "unpack it, or save it as CSV"},
};

/// Eight bytes with the length of a JSON object, and the object.
bool is_safetensors(std::string_view bytes) {
  constexpr std::size_t kLengthBytes = 8;
  return bytes.size() > kLengthBytes && bytes[kLengthBytes - 1] == '\0' && bytes[kLengthBytes] == '{';
}

}  // namespace

void refuse_other_kinds(std::string_view bytes, const std::string& source) {
  for (const Kind& kind : kKinds)
    if (bytes.starts_with(kind.first_bytes)) refuse(source, {1, 1, kind.what, kind.fix});
  if (arrow_kind_of_bytes(bytes))
    refuse(source,
           {1, 1, "the text is a Parquet or Arrow file, not CSV", "read it as a file, or save the table as CSV"});
  if (is_safetensors(bytes))
    refuse(source,
           {1, 1, "the file is a model, not a table", "give a table where DATA stands, and the model before it"});
}

}  // namespace ffwd
