#include "cli/written_view.h"

#include <gtest/gtest.h>

#include <array>

#include "cli/fake_console.h"
#include "cli/run_binary.h"

namespace ffwd {
namespace {

TEST(WrittenView, NamesEachFileWithItsSize) {
  const TempFolder folder;
  FakeConsole fake;
  const std::array files = {folder.with("m.ffwd", std::string(1500, 'x')), folder.file("gone.svg")};
  print_wrote(fake.console, files, 0.25);
  EXPECT_EQ(fake.out.str(), "Wrote  " + files[0] + " (1.5 kB) and " + files[1] + ", 250 ms in all\n");
}

}  // namespace
}  // namespace ffwd
