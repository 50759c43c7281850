// JSON glue: one type with keys in the order written, strict parsing, and text that is the same on every machine.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "ffwd/error.h"

namespace ffwd {

using Json = nlohmann::ordered_json;

/// Parses text from outside: refuses duplicate keys, nesting over 64, invalid UTF-8 and trailing text, with a
/// Fault of `kind` that names `where` and the byte.
[[nodiscard]] Json parse_json(std::string_view text, ErrorKind kind, std::string_view where);

/// Compact text; doubles print with the fewest digits that read back to the same bits. Non-finite numbers are a
/// bug of the caller: nothing printed or saved may be NaN or infinite.
[[nodiscard]] std::string dump_json(const Json& json);

/// Adds a member to an object that is known to have none of that name. The object's own operator[] would look for the
/// name first, one by one, and there may be 100,000.
void add_member(Json& object, std::string name, Json value);

}  // namespace ffwd
