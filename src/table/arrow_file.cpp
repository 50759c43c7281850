#include "table/arrow_file.h"

#include <array>
#include <memory>

#include "core/names.h"
#include "core/raise.h"
#include "table/arrow_library.h"
#include "table/arrow_reader.h"
#include "table/arrow_writer.h"
#include "table/ascii.h"

namespace ffwd {

namespace {

using namespace std::string_view_literals;

constexpr std::size_t kMostReasonBytes = 300;

struct Ending {
  std::string_view text;
  ArrowFileKind kind;
};
constexpr std::array kEndings = {
    Ending{".parquet"sv, ArrowFileKind::kParquet},
    Ending{".arrow"sv, ArrowFileKind::kArrow},
    Ending{".feather"sv, ArrowFileKind::kArrow},
    Ending{".arrows"sv, ArrowFileKind::kArrowStream},
};

FfwdArrowFormat format_of(ArrowFileKind kind) {
  switch (kind) {
    case ArrowFileKind::kParquet:
      return kFfwdParquet;
    case ArrowFileKind::kArrow:
      return kFfwdArrowFile;
    case ArrowFileKind::kArrowStream:
      return kFfwdArrowStream;
  }
  return kFfwdParquet;
}

/// A header may well call a column PAR1; a page of Parquet begins with a control character, and so does nothing behind
/// a name.
bool is_parquet(std::string_view bytes) {
  if (!bytes.starts_with("PAR1"sv)) return false;
  return bytes.size() == 4 || (bytes[4] >= 0 && bytes[4] < ' ' && "\t\n\r"sv.find(bytes[4]) == std::string_view::npos);
}

std::string reason_of(const FfwdArrowFault& fault) { return shorten(fault.text, kMostReasonBytes); }

}  // namespace

std::optional<ArrowFileKind> arrow_kind_of_bytes(std::string_view bytes) {
  if (is_parquet(bytes)) return ArrowFileKind::kParquet;
  if (bytes.starts_with("ARROW1\0"sv)) return ArrowFileKind::kArrow;
  if (bytes.starts_with("\xff\xff\xff\xff"sv)) return ArrowFileKind::kArrowStream;
  return std::nullopt;
}

std::optional<ArrowFileKind> arrow_kind_of_name(std::string_view path) {
  for (const Ending& known : kEndings) {
    const std::size_t size = known.text.size();
    if (path.size() > size && equal_ignoring_case(path.substr(path.size() - size), known.text)) return known.kind;
  }
  return std::nullopt;
}

Table read_arrow_file(ArrowFileKind kind, std::string_view bytes, const std::string& source,
                      const ReadOptions& options) {
  const FfwdArrowPlugin& plugin = arrow_plugin(source, ErrorKind::kData);
  ArrowOwner<ArrowArrayStream> stream;
  FfwdArrowFault fault{};
  if (plugin.open(format_of(kind), bytes.data(), bytes.size(), stream.get(), &fault) != 0)
    raise({.kind = ErrorKind::kData,
           .what = "cannot be read: " + reason_of(fault),
           .where = source,
           .fix = "write the file again; it may be damaged, or cut off"});
  return read_arrow(*stream, source, options);
}

void check_arrow_plugin(const std::string& path) { static_cast<void>(arrow_plugin(path, ErrorKind::kOutput)); }

void write_arrow_file(ArrowFileKind kind, const Table& table, const std::string& path,
                      const std::function<void(std::string_view)>& write) {
  const FfwdArrowPlugin& plugin = arrow_plugin(path, ErrorKind::kOutput);
  ArrowOwner<ArrowArrayStream> stream;
  write_arrow(table, *stream);
  FfwdArrowFault fault{};
  FfwdArrowBytes bytes{};
  if (plugin.write(format_of(kind), stream.get(), &bytes, &fault) != 0)
    raise({.kind = ErrorKind::kOutput, .what = "cannot be written: " + reason_of(fault), .where = path});
  const std::unique_ptr<void, void (*)(void*)> owner(bytes.owner, bytes.release);
  write({static_cast<const char*>(bytes.data), bytes.size});
}

}  // namespace ffwd
