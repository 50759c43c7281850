#include "table/arrow_library.h"

#include <gtest/gtest.h>

namespace ffwd {
namespace {

#ifdef FFWD_HAS_ARROW

TEST(ArrowLibrary, ThePluginIsFoundBesideTheProgram) {
  const FfwdArrowPlugin& plugin = arrow_plugin("t.parquet", ErrorKind::kData);
  EXPECT_EQ(plugin.version, kFfwdArrowPluginVersion);
  EXPECT_EQ(std::string(plugin.library).substr(0, 6), "Arrow ");
  EXPECT_EQ(&arrow_plugin("u.parquet", ErrorKind::kOutput), &plugin);
}

#else

TEST(ArrowLibrary, WithoutThePluginItIsSaidHowToGetIt) {
  for (const ErrorKind kind : {ErrorKind::kData, ErrorKind::kOutput}) {
    try {
      static_cast<void>(arrow_plugin("t.parquet", kind));
      FAIL() << "there is a plugin";
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), kind);
      EXPECT_EQ(error.fault().where, "t.parquet");
      EXPECT_NE(error.fault().what.find("libffwd_arrow.so"), std::string::npos);
      EXPECT_NE(error.fault().fix.find("make parquet"), std::string::npos);
    }
  }
}

#endif

}  // namespace
}  // namespace ffwd
