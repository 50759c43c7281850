#include "pipeline/row_encoder.h"

#include <gtest/gtest.h>

#include <limits>
#include <numeric>

#include "support/fault_of.h"

namespace ffwd {
namespace {

Table rows_of_every_type() {
  return read_csv(
      "size,rooms,new,town,built\n"
      "10.5,1,true,Rome,1990-01-02\n20,2,false,Oslo,2001-05-06\n,3,true,Rome,2010-11-12\n"
      "40,4,true,,1999-09-09\n50,5,false,Oslo,\n61,7,true,Rome,2020-02-29\n",
      "rows.csv");
}

Pipeline fitted(const Table& table) {
  std::vector<RowIndex> rows(table.n_rows());
  std::iota(rows.begin(), rows.end(), RowIndex{0});
  std::vector<std::string> warnings;
  return Pipeline::fit(table, rows, table.names(), {}, warnings);
}

/// Sets row `r` of the table, cell by cell.
void set_row(RowEncoder& encoder, const Table& table, std::size_t r) {
  for (std::size_t k = 0; k < encoder.n_columns(); ++k) {
    const Column& column = table.column(k);
    if (column.is_missing(r)) {
      encoder.set_missing(k);
    } else if (encoder.takes_text(k)) {
      encoder.set_text(k, column.cell(r));
    } else {
      encoder.set_number(k, column.number(r));
    }
  }
}

TEST(RowEncoder, GivesTheFeaturesThatTransformGives) {
  const Table table = rows_of_every_type();
  const Pipeline pipeline = fitted(table);
  RowEncoder encoder(pipeline);
  ASSERT_EQ(encoder.n_columns(), table.n_columns());
  const std::size_t n = pipeline.n_features();
  for (RowIndex r = 0; r < table.n_rows(); ++r) {
    std::vector<double> expected(n);
    UnseenByColumn unseen;
    pipeline.transform(table, std::span<const RowIndex>(&r, 1), expected.data(), n, unseen);
    set_row(encoder, table, r);
    const auto got = encoder.encode();
    EXPECT_EQ(std::vector<double>(got.begin(), got.end()), expected) << r;
  }
}

TEST(RowEncoder, TakesTextsThatTrainingDidNotSeeAndForgetsThemAgain) {
  const Table table = rows_of_every_type();
  const Pipeline pipeline = fitted(table);
  RowEncoder encoder(pipeline);
  set_row(encoder, table, 0);
  const auto first = encoder.encode();
  const std::vector<double> known(first.begin(), first.end());
  encoder.set_text(3, "Atlantis");
  const auto other = encoder.encode();
  EXPECT_NE(std::vector<double>(other.begin(), other.end()), known);
  encoder.set_text(3, "Rome");
  const auto again = encoder.encode();
  EXPECT_EQ(std::vector<double>(again.begin(), again.end()), known);
}

TEST(RowEncoder, SaysWhatItCannotRead) {
  const Table table = rows_of_every_type();
  const Pipeline pipeline = fitted(table);
  RowEncoder encoder(pipeline);
  set_row(encoder, table, 0);
  encoder.set_number(0, std::numeric_limits<double>::infinity());
  EXPECT_EQ(fault_of([&] { static_cast<void>(encoder.encode()); }).kind, ErrorKind::kData);
  encoder.set_number(0, 1);
  encoder.set_text(4, "yesterday");
  const Fault fault = fault_of([&] { static_cast<void>(encoder.encode()); });
  EXPECT_EQ(fault.kind, ErrorKind::kData);
  EXPECT_NE(fault.what.find("yesterday"), std::string::npos) << fault.what;
  encoder.set_text(4, "2000-01-01");
  encoder.set_number(2, 0.5);
  EXPECT_EQ(fault_of([&] { static_cast<void>(encoder.encode()); }).kind, ErrorKind::kData) << "no boolean";
}

}  // namespace
}  // namespace ffwd
