// Indicator: 1 where the cell is missing, else 0. For columns whose other cells are all alike: that a cell is there may
// still tell something ("discount: 10" on some rows, nothing on the others).
#include "pipeline/column_encoder.h"
#include "pipeline/saved_column.h"

namespace ffwd {

namespace {

constexpr ColumnType kTypes[] = {ColumnType::kInteger, ColumnType::kNumber, ColumnType::kBoolean, ColumnType::kDate,
                                 ColumnType::kTimestamp};

class BoundIndicator final : public BoundColumn {
 public:
  explicit BoundIndicator(const Column& column) : column_(&column) {}

  bool encode(std::span<const RowIndex> rows, double* out, std::size_t ld, Unseen&) override {
    for (std::size_t i = 0; i < rows.size(); ++i) out[i * ld] = column_->is_missing(rows[i]) ? 1.0 : 0.0;
    return true;
  }

 private:
  const Column* column_;
};

class IndicatorEncoder final : public ColumnEncoder {
 public:
  using ColumnEncoder::ColumnEncoder;

  [[nodiscard]] std::size_t n_features() const override { return 1; }
  [[nodiscard]] std::vector<std::string> feature_names() const override { return {column() + ": missing"}; }
  /// Any type will do: only whether a cell is there is asked.
  [[nodiscard]] std::unique_ptr<BoundColumn> bind(const Table& table, std::size_t k, std::size_t) const override {
    return std::make_unique<BoundIndicator>(table.column(k));
  }
  void write(Json&, NamedArrays&) const override {}
};

}  // namespace

extern constinit const EncoderRow indicator_row{
    .name = "indicator",
    .summary = "1 where the cell is missing; for columns that are constant elsewhere",
    .types = kTypes,
    .fit = nullptr,
    .from_json = [](const EncoderRow& row, const SavedColumn& saved) -> std::unique_ptr<ColumnEncoder> {
      saved.json.only({"encoder", "type"});
      return std::make_unique<IndicatorEncoder>(row, saved.name, saved.type);
    },
};

std::unique_ptr<ColumnEncoder> make_indicator(std::string column, ColumnType type) {
  return std::make_unique<IndicatorEncoder>(indicator_row, std::move(column), type);
}

}  // namespace ffwd
