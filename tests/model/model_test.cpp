#include "ffwd/model.h"

#include <gtest/gtest.h>

#include <cmath>

#include "ffwd/error.h"
#include "model/flats.h"

namespace ffwd {
namespace {

const FitResult& fitted(const std::string& target) {
  static std::map<std::string, FitResult> results;
  auto found = results.find(target);
  if (found == results.end()) {
    FitOptions options;
    options.targets = {target};
    options.train.epochs = 10;
    found = results.emplace(target, fit(flats(300), nullptr, nullptr, options)).first;
  }
  return found->second;
}

Table csv(const std::string& text) { return read_csv(text, "new.csv", fitted("rent").model->read_options()); }

TEST(Model, PredictsARowTheSameToTheBitWhateverStandsBesideIt) {
  const Model& model = *fitted("rent").model;
  const std::string all = flats_csv(200, 5);
  const Prediction batch = model.predict(csv(all));
  std::size_t row = 0;
  for (std::size_t at = all.find('\n') + 1; at < all.size(); ++row) {
    const std::size_t end = all.find('\n', at) + 1;
    const Prediction one = model.predict(csv(all.substr(0, all.find('\n') + 1) + all.substr(at, end - at)));
    EXPECT_EQ(one.values(0, 0), batch.values(row, 0));
    at = end;
  }
  EXPECT_EQ(row, 200u);
}

TEST(Model, PredictsTheSameBitsWithAnyNumberOfThreads) {
  const Table many = flats(5000, 6);
  const Prediction one = fitted("rent").model->predict(many, 1), three = fitted("rent").model->predict(many, 3);
  for (std::size_t r = 0; r < 5000; ++r) EXPECT_EQ(one.values(r, 0), three.values(r, 0));
}

TEST(Model, FindsColumnsByNameAndIgnoresOthers) {
  const Model& model = *fitted("rent").model;
  const double plain =
      model.predict(csv("size,district,balcony,since,dear\n50,east,True,2001-02-15,no\n")).values(0, 0);
  const double shuffled =
      model.predict(csv("dear,extra,since,balcony,district,size\nno,9,2001-02-15,True,east,50\n")).values(0, 0);
  EXPECT_EQ(plain, shuffled);
}

TEST(Model, RefusesATableWithoutAColumnItNeeds) {
  try {
    (void)fitted("rent").model->predict(csv("size,distrikt,balcony,since,dear\n50,east,True,2001-02-15,no\n"));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kData);
    const std::string what = error.what();
    EXPECT_NE(what.find("district"), std::string::npos) << what;
    EXPECT_NE(what.find("distrikt"), std::string::npos) << what;
  }
}

TEST(Model, CountsValuesThatTrainingDidNotSee) {
  const Prediction prediction = fitted("rent").model->predict(
      csv("size,district,balcony,since,dear\n50,moon,True,2001-02-15,no\n50,mars,True,2001-02-15,no\n"));
  ASSERT_EQ(prediction.unseen.size(), 1u);
  EXPECT_EQ(prediction.unseen[0].column, "district");
  EXPECT_EQ(prediction.unseen[0].n_rows, 2u);
  EXPECT_EQ(prediction.unseen[0].example, "moon");
  EXPECT_TRUE(std::isfinite(prediction.values(0, 0)));
}

TEST(Model, PredictsNoRowsFromAHeaderAlone) {
  EXPECT_EQ(fitted("rent").model->predict(csv("size,district,balcony,since,dear\n")).values.rows(), 0u);
}

TEST(Model, GivesProbabilitiesThatSumToOne) {
  for (const char* target : {"dear", "district"}) {
    const Model& model = *fitted(target).model;
    const Prediction prediction = model.predict(flats(50, 7));
    ASSERT_EQ(prediction.values.columns(), model.classes().size());
    for (std::size_t r = 0; r < 50; ++r) {
      double sum = 0;
      for (double p : prediction.values.row(r)) {
        EXPECT_GE(p, 0);
        sum += p;
      }
      EXPECT_NEAR(sum, 1, 1e-6);
    }
  }
}

TEST(Model, ReadsDataWithTheTypesOfItsTrainingTable) {
  const ReadOptions options = fitted("rent").model->read_options();
  EXPECT_EQ(options.types.at("district"), ColumnType::kText);
  EXPECT_EQ(options.types.at("since"), ColumnType::kDate);
  // A district called 7 is a text that training did not see, not an integer that cannot be read.
  EXPECT_EQ(
      fitted("rent").model->predict(csv("size,district,balcony,since,dear\n50,7,True,2001-02-15,no\n")).unseen.size(),
      1u);
}

TEST(Model, CountsAndBoundsNumbersFarBeyondTraining) {
  const Model& model = *fitted("rent").model;
  const std::string header = "size,district,balcony,since,dear\n", rest = ",east,True,2001-02-15,no\n";
  const Prediction near = model.predict(csv(header + "50" + rest));
  EXPECT_TRUE(near.far.empty());
  const Prediction prediction = model.predict(csv(header + "1e6" + rest + "50" + rest + "1e9" + rest));
  EXPECT_TRUE(prediction.unseen.empty());
  ASSERT_EQ(prediction.far.size(), 1u);
  const FarValues& far = prediction.far[0];
  EXPECT_EQ(far.column, "size");
  EXPECT_EQ(far.n_rows, 2u);
  EXPECT_EQ(far.example, "1e+06");
  EXPECT_LT(far.high, far.most);
  EXPECT_TRUE(far.bounded);
  EXPECT_EQ(prediction.values(0, 0), prediction.values(2, 0));
  EXPECT_EQ(prediction.values(1, 0), near.values(0, 0));
}

TEST(Model, SaysHowItsColumnsAreEncoded) {
  const Model& model = *fitted("rent").model;
  std::map<std::string, std::string> encodings;
  for (std::size_t k = 0; k < model.features().size(); ++k)
    encodings[model.features()[k].name] = model.encodings().at(k);
  EXPECT_EQ(encodings.at("district"), "one_hot");
  EXPECT_EQ(encodings.at("since"), "date");
  EXPECT_EQ(encodings.at("size"), "standard");
}

}  // namespace
}  // namespace ffwd
