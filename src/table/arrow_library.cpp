#include "table/arrow_library.h"

#include <dlfcn.h>

#include <filesystem>
#include <system_error>
#include <vector>

#include "core/raise.h"

namespace ffwd {

namespace {

namespace fs = std::filesystem;

constexpr const char* kFileName = "libffwd_arrow.so";

struct Loaded {
  const FfwdArrowPlugin* plugin = nullptr;
  std::string fault;
};

fs::path folder_of_program() {
  std::error_code unknown;
  return fs::read_symlink("/proc/self/exe", unknown).parent_path();
}

/// Of the shared library that this code is in, if it is in one.
fs::path folder_of_library() {
  Dl_info info{};
  if (dladdr(reinterpret_cast<const void*>(&folder_of_program), &info) == 0 || info.dli_fname == nullptr) return {};
  const fs::path file = info.dli_fname;
  return file.is_absolute() ? file.parent_path() : fs::path();
}

std::vector<fs::path> candidates() {
  std::vector<fs::path> files;
  for (const fs::path& folder : {folder_of_program(), folder_of_library()}) {
    if (folder.empty()) continue;
    files.push_back(folder / kFileName);
    files.push_back(folder.parent_path() / FFWD_LIBRARY_FOLDER / kFileName);
  }
  files.push_back(fs::path(FFWD_INSTALLED_LIBRARY_FOLDER) / kFileName);
  return files;
}

std::string last_fault() {
  const char* const fault = dlerror();
  return fault == nullptr ? "no reason given" : fault;
}

Loaded load(const fs::path& file) {
  // Never closed: threads and caches of the library live as long as the program.
  void* const library = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return {.fault = "the plugin cannot be loaded: " + last_fault()};
  const auto entry = reinterpret_cast<FfwdArrowPluginFunction>(dlsym(library, kFfwdArrowPluginSymbol));
  if (entry == nullptr) return {.fault = "the plugin cannot be used: " + last_fault()};
  const FfwdArrowPlugin* const plugin = entry();
  if (plugin->version != kFfwdArrowPluginVersion)
    return {.fault = "the plugin " + file.native() + " belongs to another version of ffwd"};
  return {.plugin = plugin, .fault = {}};
}

Loaded load_first() {
  std::error_code ignored;
  for (const fs::path& file : candidates())
    if (fs::exists(file, ignored)) return load(file);
  return {.fault = std::string("Parquet and Arrow files need the plugin ") + kFileName + ", which is not beside ffwd"};
}

}  // namespace

const FfwdArrowPlugin& arrow_plugin(const std::string& path, ErrorKind kind) {
  static const Loaded loaded = load_first();
  if (loaded.plugin != nullptr) return *loaded.plugin;
  raise({.kind = kind,
         .what = loaded.fault,
         .where = path,
         .fix =
             "run 'make parquet' where ffwd was built, which fetches Apache Arrow and builds the plugin; or keep the "
             "table as CSV"});
}

}  // namespace ffwd
