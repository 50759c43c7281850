#include "cli/progress.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/readable.h"
#include "cli/text_table.h"

namespace ffwd {
namespace {

constexpr double kRedrawSeconds = 0.1;
constexpr double kLineSeconds = 2.0;
constexpr std::size_t kWidestBar = 30;

std::string losses(const EpochRecord& record) {
  std::string text = "loss " + readable(record.train_loss);
  if (std::isfinite(record.valid_loss)) text += "  valid " + readable(record.valid_loss);
  if (std::isfinite(record.valid_score)) text += " " + readable(record.valid_score);
  return text + "  rate " + readable(record.learning_rate);
}

/// Rounded up: a guess has no milliseconds.
std::string whole_seconds(double seconds) {
  return seconds < 59 ? fmt::format("{:.0f} s", std::ceil(seconds)) : readable_seconds(seconds);
}

}  // namespace

Progress::Progress(const Console& console, std::size_t epochs, std::size_t starts)
    : console_(console), epochs_(epochs), starts_(starts), started_(console.clock()), shown_(started_) {}

Progress::~Progress() { clear(); }

void Progress::on_step(std::size_t step, std::size_t steps) {
  if (!console_.err_screen.terminal || steps == 0) return;
  const double within = static_cast<double>(step) / static_cast<double>(steps);
  draw((static_cast<double>(done_) + std::min(within, 1.0)) / static_cast<double>(epochs_ * starts_));
}

void Progress::on_epoch(const EpochRecord& record) {
  done_ = (record.start - 1) * epochs_ + record.epoch;
  last_ = record;
  if (console_.err_screen.terminal) {
    draw(static_cast<double>(done_) / static_cast<double>(epochs_ * starts_));
  } else {
    write_line(record);
  }
}

void Progress::clear() {
  if (drawn_) console_.err << "\r\033[K" << std::flush;
  drawn_ = false;
}

void Progress::draw(double share) {
  const double now = console_.clock();
  if (now - shown_ < kRedrawSeconds) return;
  shown_ = now;
  const std::string before = place(last_.start, std::min(last_.epoch + 1, epochs_)) + " ";
  std::string after = fmt::format(" {:3.0f}%", 100 * share);
  if (done_ > 0) after += "  " + losses(last_);
  // Early stopping may end it sooner.
  if (share > 0) after += "  at most " + whole_seconds((now - started_) / share * (1 - share)) + " left";
  const std::size_t taken = display_width(before) + display_width(after) + 1;
  const std::size_t width = console_.err_screen.width;
  const std::string drawn_bar = taken + 5 <= width ? bar(share, std::min(kWidestBar, width - taken)) : "";
  std::string line = before + drawn_bar + after;
  if (display_width(line) >= width) line.resize(width - 1);  // a wrapped line could not be redrawn
  console_.err << '\r' << line << "\033[K" << std::flush;
  drawn_ = true;
}

void Progress::write_line(const EpochRecord& record) {
  const std::size_t tenth = done_ * 10 / (epochs_ * starts_);
  const double now = console_.clock();
  if (tenth == tenth_ || now - shown_ < kLineSeconds) return;
  tenth_ = tenth;
  shown_ = now;
  console_.err << fmt::format("{}  {}\n", place(record.start, record.epoch), losses(record)) << std::flush;
}

std::string Progress::place(std::size_t start, std::size_t epoch) const {
  const std::string text = fmt::format("epoch {}/{}", epoch, epochs_);
  return starts_ == 1 ? text : fmt::format("start {}/{}  ", start, starts_) + text;
}

std::string Progress::bar(double share, std::size_t width) const {
  const auto filled = static_cast<std::size_t>(std::lround(share * static_cast<double>(width)));
  const bool unicode = console_.err_screen.unicode;
  std::string bar;
  for (std::size_t i = 0; i < width; ++i) bar += i < filled ? (unicode ? "━" : "#") : (unicode ? "─" : ".");
  return bar;
}

}  // namespace ffwd
