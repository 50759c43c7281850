// Made-up tables for the tests of fit and Model: rents that follow from size, district and date, with gaps.
#pragma once

#include <string>

#include "core/philox.h"
#include "ffwd/table.h"

namespace ffwd {

/// `rows` flats as CSV text: size (number, some missing), district (text), balcony (boolean), since (date),
/// rent (number), dear (yes or no).
inline std::string flats_csv(std::size_t rows, std::uint64_t seed = 1) {
  const Philox random(seed, Purpose::kSplit);
  const char* districts[] = {"north", "east", "harbour", "old town"};
  std::string csv = "size,district,balcony,since,rent,dear\n";
  for (std::size_t r = 0; r < rows; ++r) {
    const double size = 20 + 100 * random.uniform(1, r);
    const auto district = random.below(4, 2, r);
    const bool balcony = random.below(2, 3, r) == 1;
    const auto year = 1990 + random.below(30, 4, r);
    const auto month = 1 + random.below(12, 5, r);
    const double rent = 200 + size * (8 + 2 * static_cast<double>(district)) + (balcony ? 80 : 0);
    csv += random.below(20, 6, r) == 0 ? "" : std::to_string(size);
    csv += std::string(",") + districts[district] + (balcony ? ",True," : ",False,") + std::to_string(year) + "-" +
           (month < 10 ? "0" : "") + std::to_string(month) + "-15," + std::to_string(rent) +
           (rent > 1000 ? ",yes\n" : ",no\n");
  }
  return csv;
}

inline Table flats(std::size_t rows, std::uint64_t seed = 1) { return read_csv(flats_csv(rows, seed), "flats.csv"); }

}  // namespace ffwd
