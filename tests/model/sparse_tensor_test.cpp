#include "model/sparse_tensor.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "support/fault_of.h"

namespace ffwd {
namespace {

using Bytes = std::vector<std::uint8_t>;

/// [rows, columns], zero but for what stands here, which is a thousandth of the places.
template <class T>
Tensor made(std::size_t rows, std::size_t columns, const std::vector<std::pair<std::size_t, T>>& there) {
  std::vector<T> values(rows * columns);
  for (const auto& [at, value] : there) values[at] = value;
  return {.name = "h.weight", .shape = {rows, columns}, .values = std::move(values)};
}

template <class T>
void expect_to_come_back() {
  const Tensor dense = made<T>(20, 11, {{0, T{1}}, {10, T{2}}, {11, T{3}}, {19 * 11 + 8, T{-4}}});
  const StoredTensor form = stored(dense);
  EXPECT_EQ(form.values.name, "h.weight");
  EXPECT_EQ(form.values.shape, (std::vector<std::size_t>{4}));
  EXPECT_EQ(std::get<std::vector<T>>(form.values.values), (std::vector<T>{1, 2, 3, -4}));
  ASSERT_EQ(form.mask.size(), 1U);
  const Tensor& mask = form.mask[0];
  EXPECT_EQ(mask.name, "h.weight.mask");
  EXPECT_EQ(mask.shape, (std::vector<std::size_t>{20, 2}));
  const Bytes& bits = std::get<Bytes>(mask.values);
  EXPECT_EQ((Bytes{bits[0], bits[1], bits[2], bits[39]}), (Bytes{1, 4, 1, 1}));
  EXPECT_EQ(expanded(std::get<std::vector<T>>(form.values.values), mask, dense.shape, "m.ffwd"),
            std::get<std::vector<T>>(dense.values));
}

TEST(SparseTensor, HoldsWhatIsNotZeroAndABitForEachPlace) {
  expect_to_come_back<float>();
  expect_to_come_back<double>();
}

TEST(SparseTensor, StaysDenseWhereThatTakesNoMoreRoom) {
  Tensor full = made<float>(30, 30, {});
  for (float& value : std::get<std::vector<float>>(full.values)) value = 1;
  EXPECT_TRUE(stored(full).mask.empty());
  EXPECT_EQ(stored(full).values.shape, full.shape);
  EXPECT_TRUE(stored(made<float>(5, 5, {})).mask.empty()) << "naming a mask takes more";
  const Tensor list{.name = "h.bias", .shape = {900}, .values = std::vector<float>(900)};
  EXPECT_TRUE(stored(list).mask.empty()) << "no matrix";
}

TEST(SparseTensor, KeepsMembersAndPiecesAsLeadingAxes) {
  Tensor dense{.name = "h.weight", .shape = {3, 10, 9}, .values = std::vector<double>(270)};
  std::get<std::vector<double>>(dense.values)[2 * 90 + 3 * 9 + 8] = 5;
  const StoredTensor form = stored(dense);
  ASSERT_EQ(form.mask.size(), 1U);
  EXPECT_EQ(form.mask[0].shape, (std::vector<std::size_t>{3, 10, 2}));
  EXPECT_EQ(expanded(std::vector<double>{5}, form.mask[0], dense.shape, "m.ffwd"),
            std::get<std::vector<double>>(dense.values));
}

TEST(SparseTensor, RefusesMasksThatDoNotFit) {
  const std::vector<std::size_t> shape = {2, 9};
  const auto refusal = [&](const Bytes& bits, const std::vector<float>& values) {
    const Tensor mask{.name = "h.weight.mask", .shape = mask_shape(shape), .values = bits};
    return fault_of([&] { static_cast<void>(expanded(values, mask, shape, "m.ffwd")); }).what;
  };
  EXPECT_EQ(refusal({1, 0, 0, 0}, {1, 2}), "tensor 'h.weight.mask' marks 1 weights but there are 2");
  EXPECT_EQ(refusal({3, 0, 0, 0}, {1}), "tensor 'h.weight.mask' marks 2 weights but there are 1");
  EXPECT_EQ(refusal({0, 2, 0, 0}, {1}), "tensor 'h.weight.mask' has a bit beyond the last column");
  EXPECT_EQ(refusal({0, 0, 0, 128}, {1}), "tensor 'h.weight.mask' has a bit beyond the last column");
  EXPECT_EQ(refusal({1, 0, 0, 1}, {1, 0}), "tensor 'h.weight.mask' marks a weight that is 0");
}

}  // namespace
}  // namespace ffwd
