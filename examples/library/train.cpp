// A table made in memory, a network trained on it, and an answer for a new row.
#include <ffwd/ffwd.h>

#include <cmath>
#include <cstdio>

int main() {
  std::vector<double> x, y;
  for (int i = 0; i < 500; ++i) {
    x.push_back(i / 50.0 - 5);
    y.push_back(std::sin(x.back()));
  }
  ffwd::Table data, news;
  data.add_numbers("x", x);
  data.add_numbers("y", y);
  news.add_numbers("x", {1.5});

  const ffwd::FitResult result = ffwd::fit(data, nullptr, nullptr, {.targets = {"y"}});
  std::printf("test rmse %.3f; sin 1.5 is about %.2f\n", result.test.metrics["rmse"],
              result.model->predict(news).values(0, 0));
}
